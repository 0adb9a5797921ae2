export async function listAreas(home, place) {
  const answer = await fetch(`${home}areas?level=commune&geometry=none`);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { features } = await answer.json();
  const best = features.filter(({ properties }) => properties.grade === 'A');
  place.textContent = `A: ${best.map(({ properties }) => properties.name).join(', ')}`;
}
