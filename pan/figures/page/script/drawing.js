// Drawing on canvases: the picture, what lies over it, and the lines that say where something is.

const FADED = 0.9, HEAT = 0.65; // how far the picture is covered, at most

// Brightness follows the square root: of a product that peaks at a few pixels, more than those is seen.
function brightness(share) {
  return Math.sqrt(share);
}

// Red, green, blue and cover of a value, as a share of the largest.
function coverOf(share, heat, colours) {
  const bright = brightness(share);
  if (!heat) return [0, 0, 0, 255 * FADED * (1 - bright)];
  const place = 3 * Math.round(255 * bright);
  return [colours[place], colours[place + 1], colours[place + 2], 255 * HEAT];
}

// What lies over the picture; made once for each map.
function overlay(map, size, heat, colours) {
  map.overlays ??= {};
  return (map.overlays[heat] ??= painted(map, size, heat, colours));
}

function painted({ values, most }, size, heat, colours) {
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = canvas.getContext("2d"), pixels = context.createImageData(size, size);
  const steps = 4096, covers = new Uint8ClampedArray(4 * (steps + 1));
  for (let step = 0; step <= steps; step += 1) covers.set(coverOf(step / steps, heat, colours), 4 * step);
  const cover = new Uint32Array(covers.buffer), seen = new Uint32Array(pixels.data.buffer);
  values.forEach((value, place) => { seen[place] = cover[Math.round(most ? (steps * value) / most : 0)]; });
  context.putImageData(pixels, 0, 0);
  return canvas;
}

// The canvas as large as it is seen, with the unit of its side as its unit.
function prepared(canvas) {
  const sharpness = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * sharpness));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * sharpness));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.scale(canvas.width, canvas.height);
  return context;
}

function drawPicture(context, picture, laid, smooth) {
  context.imageSmoothingEnabled = true;
  context.drawImage(picture, 0, 0, 1, 1);
  if (laid) {
    context.imageSmoothingEnabled = smooth;
    context.drawImage(laid, 0, 0, 1, 1);
  }
}

// A light line on a dark one is seen on anything.
function stroke(context, path, pixels, dashed = false) {
  const unit = pixels * (window.devicePixelRatio || 1) / context.canvas.width;
  context.setLineDash(dashed ? [4 * unit, 3 * unit] : []);
  for (const [colour, width] of [["rgba(0, 0, 0, 0.6)", 3], ["#ffffff", 1.4]]) {
    context.strokeStyle = colour;
    context.lineWidth = width * unit;
    context.stroke(path);
  }
  context.setLineDash([]);
}

function box(left, top, width, height) {
  const path = new Path2D();
  path.rect(left, top, width, height);
  return path;
}

function polygon(points) {
  const path = new Path2D();
  points.forEach(([x, y], place) => (place ? path.lineTo(x, y) : path.moveTo(x, y)));
  path.closePath();
  return path;
}

// Darkness about the part that a spatial transformer samples, and its frame.
function drawView(context, view, size) {
  const frame = polygon(view.outline.map(([x, y]) => [x / size, y / size]));
  const around = box(0, 0, 1, 1);
  around.addPath(frame);
  context.fillStyle = `rgba(0, 0, 0, ${FADED})`;
  context.fill(around, "evenodd");
  stroke(context, frame, 1);
}

// Cells that were held closed are crossed out, those held open are framed.
function drawEdit(context, edit, layer, size) {
  const side = layer.stride / size;
  const corner = (cell) => (layer.first + (cell - 0.5) * layer.stride) / size;
  const crosses = new Path2D(), frames = new Path2D();
  for (const [row, column] of edit.closed) {
    const left = corner(column) + 0.3 * side, top = corner(row) + 0.3 * side, reach = 0.4 * side;
    crosses.moveTo(left, top);
    crosses.lineTo(left + reach, top + reach);
    crosses.moveTo(left + reach, top);
    crosses.lineTo(left, top + reach);
  }
  for (const [row, column] of edit.open) {
    frames.rect(corner(column) + 0.15 * side, corner(row) + 0.15 * side, 0.7 * side, 0.7 * side);
  }
  stroke(context, crosses, 0.8);
  stroke(context, frames, 0.8);
}

// The part of the picture that the cell nearest to the pointer sees.
function drawField(context, layer, size, pointer) {
  const reach = layer.size / size;
  const start = (place, cells) => {
    const cell = Math.min(cells - 1, Math.max(0, Math.round((place * size - layer.first) / layer.stride)));
    return (layer.first + cell * layer.stride) / size - reach / 2;
  };
  stroke(context, box(start(pointer.x, layer.width), start(pointer.y, layer.height), reach, reach), 1, true);
}

function drawPointer(context, pointer) {
  const ring = new Path2D();
  ring.arc(pointer.x, pointer.y, 0.014, 0, 2 * Math.PI);
  stroke(context, ring, 1);
}

// Even steps of the value from 0 to the largest, with a mark at one value.
function drawBar(canvas, heat, colours, marked) {
  const context = prepared(canvas), steps = canvas.width;
  for (let step = 0; step < steps; step += 1) {
    const [red, green, blue, cover] = coverOf(step / Math.max(1, steps - 1), heat, colours);
    const grey = 255 - cover;
    context.fillStyle = heat ? `rgb(${red} ${green} ${blue})` : `rgb(${grey} ${grey} ${grey})`;
    context.fillRect(step / steps, 0, 1.5 / steps, 1);
  }
  if (marked !== null) stroke(context, box(Math.min(1, marked) - 0.004, -0.2, 0.008, 1.4), 1);
}
