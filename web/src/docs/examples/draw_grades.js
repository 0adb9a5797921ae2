export function drawGrades(maplibregl, home, place) {
  const ground = { version: 8, sources: {}, layers: [] };
  const map = new maplibregl.Map({ container: place, style: ground, center: [107.95, 15.55], zoom: 7.4 });
  map.on('load', async () => {
    const { sources, layers } = await (await fetch(`${home}styles/light`)).json();
    map.addSource('areas', sources.areas);
    for (const id of ['area-grade', 'border-commune', 'border-province']) map.addLayer(layers.find((layer) => layer.id === id));
  });
  map.on('click', 'area-grade', ({ lngLat, features: [area] }) => {
    const text = `${area.properties.name}: ${area.properties.grade}`;
    new maplibregl.Popup().setLngLat(lngLat).setText(text).addTo(map);
  });
  return map;
}
