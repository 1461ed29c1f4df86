// Numbers from their text, and maps laid over the picture by where their cells' centres lie.

function bytesOf(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// Of float32 the 16 bits behind the sign, lowest byte first.
function numbersOf(text) {
  const bytes = bytesOf(text), bits = new Uint32Array(bytes.length / 2);
  bits.forEach((_, place) => { bits[place] = (bytes[2 * place] | (bytes[2 * place + 1] << 8)) << 15; });
  return new Float32Array(bits.buffer);
}

// Along one axis: for each pixel the cells before and after it, and how far it is on the way. Edge values go on beyond.
function placesAmongCells(layer, cells, size, smooth) {
  return Array.from({ length: size }, (_, pixel) => {
    const place = Math.min(cells - 1, Math.max(0, (pixel + 0.5 - layer.first) / layer.stride));
    if (!smooth) return [Math.round(place), Math.round(place), 0];
    const before = Math.floor(place);
    return [before, Math.min(cells - 1, before + 1), place - before];
  });
}

// A layer's own map at the pixels of the picture.
function laidOver(layer, size, smooth) {
  const rows = placesAmongCells(layer, layer.height, size, smooth);
  const columns = placesAmongCells(layer, layer.width, size, smooth);
  const { attention, width } = layer, values = new Float32Array(size * size);
  rows.forEach(([above, below, down], y) => columns.forEach(([left, right, along], x) => {
    const upper = attention[above * width + left] * (1 - along) + attention[above * width + right] * along;
    const lower = attention[below * width + left] * (1 - along) + attention[below * width + right] * along;
    values[y * size + x] = upper * (1 - down) + lower * down;
  }));
  return values;
}

// What is shown of a layer: its own map, or the product of all maps up to it. Computed once.
function shownMap(said, layer, size, { product, smooth }) {
  const key = `${layer.name} ${product} ${smooth}`;
  said.maps ??= new Map();
  if (!said.maps.has(key)) {
    const values = laidOver(layer, size, smooth);
    const below = said.layers[said.layers.indexOf(layer) - 1];
    if (product && below) {
      const passed = shownMap(said, below, size, { product, smooth }).values;
      values.forEach((value, place) => { values[place] = value * passed[place]; });
    }
    said.maps.set(key, { values, most: values.reduce((most, value) => Math.max(most, value), 0) });
  }
  return said.maps.get(key);
}

// The page's content with numbers in place of text and pictures in place of their addresses.
async function read(data) {
  for (const said of data.pictures.flatMap((picture) => picture.queries.flatMap((query) => query.said))) {
    for (const layer of said?.layers ?? []) layer.attention = numbersOf(layer.attention);
  }
  data.colours = bytesOf(data.colours);
  for (const image of data.images) {
    image.picture = new Image();
    image.picture.src = image.address;
  }
  await Promise.all(data.images.map((image) => image.picture.decode()));
  return data;
}
