/** The style inside `<binhyen-map>`. It takes its font and its text colour from the page around it. */

/** The style sheet inside the element: the page around it cannot reach in, nor can this reach out. */
export const ELEMENT_STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }
iframe, img { display: block; width: 100%; border: 0; }
img { object-fit: contain; background: #f5f3ed; }
.act { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; justify-content: space-between; }
button {
  min-height: 44px; padding: 0 16px; border: 0; border-radius: 99px;
  font: inherit; font-size: 15px; font-weight: 600; color: #fdfcf9; background: #1d282d; cursor: pointer;
}
button:focus-visible, a:focus-visible { outline: 3px solid #1f5fa8; outline-offset: 2px; }
p { margin: 0; padding: 4px 0; font-size: 14px; }
a { display: inline-block; min-height: 24px; color: inherit; }
`;
