export async function showOembed(home, place) {
  const page = `${home}embed`;
  const answer = await fetch(`${home}oembed?url=${encodeURIComponent(page)}&maxwidth=600`);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { title, html, width, height } = await answer.json();
  place.textContent = `${title} (${width} × ${height})\n${html}`;
}
