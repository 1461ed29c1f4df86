// One network: its picture, its layers as a film, and its answers.

const MOST_ANSWERS = 6;

function percent(probability, digits = 0) {
  return `${(100 * probability).toFixed(digits)} %`;
}

function number(value) {
  if (value === 0) return "0";
  return value >= 0.001 ? value.toPrecision(2) : value.toExponential(1).replace("e-", " · 10⁻")
    .replace(/⁻(\d+)/, (_, digits) => `⁻${[...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`);
}

function best(probabilities) {
  return probabilities.reduce((most, value, place) => (value > probabilities[most] ? place : most), 0);
}

// What a network says at a layer: the answers of the layer, and at its last layer those of the network.
function answersAt(said, name, last) {
  const part = [...said.layers, ...said.views].find((each) => each.name === name);
  if (name === last) return said.probabilities;
  return part ? part.probabilities : null;
}

class Pane {
  constructor(network, data, acts) {
    this.network = network;
    this.data = data;
    this.root = document.getElementById("pane").content.firstElementChild.cloneNode(true);
    this.find = (name) => this.root.querySelector(name);
    this.view = this.find(".view");
    this.root.style.setProperty("--network", network.colour);
    this.find(".title").textContent = network.title;
    this.find(".name").textContent = network.name + (network.changed ? ", changed" : "");
    this.find(".changed").textContent = network.changed ? `Changed: ${network.changed}` : "";
    this.frames = data.layers.map((name, place) => this.#frame(name, () => acts.step(place + 1)));
    this.#follow(acts.point);
  }

  // The newest state, drawn.
  show(state, said, words) {
    Object.assign(this, { state, said, words });
    const { name } = state;
    this.root.classList.toggle("silent", !said);
    this.image = said ? this.data.images[said.image] : null;
    this.layer = said?.layers.find((each) => each.name === name) ?? null;
    this.seen = said?.views.find((each) => each.name === name) ?? null;
    this.map = this.layer && shownMap(said, this.layer, this.image.size, state);
    this.#showAnswers(name);
    this.#showScale();
    this.redraw();
  }

  // The same at the size in which it is seen now.
  redraw() {
    this.frames.forEach((frame) => this.#drawFrame(frame));
    this.draw();
  }

  // The picture alone, when the pointer moves.
  draw() {
    const context = prepared(this.view);
    if (this.said) this.#paint(context);
    this.#showValue();
  }

  // What is said aloud of the pane.
  get answerAloud() {
    return `${this.network.title}: ${this.find(".answer").textContent || "not asked"}`;
  }

  get valueAloud() {
    return this.find(".value").textContent;
  }

  #paint(context) {
    const { state, image, layer, seen, map } = this, { pointer } = state;
    const laid = map && overlay(map, image.size, state.heat, this.data.colours);
    drawPicture(context, image.picture, laid, state.smooth);
    if (seen) drawView(context, seen, image.size);
    const edit = this.network.edits[state.name];
    if (layer && edit) drawEdit(context, edit, layer, image.size);
    if (pointer && layer && !state.product) drawField(context, layer, image.size, pointer);
    if (pointer) drawPointer(context, pointer);
  }

  #showAnswers(name) {
    const { said, network } = this, last = this.data.layers.at(-1);
    const probabilities = said && answersAt(said, name, last);
    const answer = this.find(".answer");
    answer.replaceChildren();
    if (probabilities) {
      const place = best(probabilities);
      answer.append(network.answers[place], " ", element("b", percent(probabilities[place])));
    } else if (said) {
      answer.append(element("span", "no answer here", "quiet"));
    }
    this.find(".answers").replaceChildren(...(said ? this.words : []).map((word) => {
      const probability = probabilities?.[network.answers.indexOf(word)];
      const row = element("li", "", this.state.right.includes(word) ? "right" : "");
      row.append(element("span", word, "word"), element("i", "", "fill"));
      row.append(element("span", probability === undefined ? "–" : percent(probability, 1), "share"));
      row.style.setProperty("--share", probability ?? 0);
      if (this.state.right.includes(word)) {
        row.firstChild.append(element("em", "✓", "tick"), element("span", " (right)", "unseen"));
      }
      return row;
    }));
  }

  #showScale() {
    const { said, layer, seen, state } = this;
    const lowest = said?.layers[0] === layer;
    this.find(".note").textContent = !said ? "not asked about this" : seen ? "looks at the framed part"
      : layer || !state.name ? "" : "no attention at this layer";
    this.find(".scale").classList.toggle("empty", !layer);
    this.find(".kind").textContent = !layer ? "" : state.product && !lowest
      ? `product up to ${layer.name}` : `${layer.kind} of ${layer.name}`;
    this.find(".most").textContent = this.map ? number(this.map.most) : "";
  }

  #showValue() {
    const { pointer, heat } = this.state, { map, image } = this;
    let value = null, text = "";
    if (pointer && image) {
      const x = Math.floor(pointer.x * image.size), y = Math.floor(pointer.y * image.size);
      value = map ? map.values[y * image.size + x] : null;
      text = `x ${x}, y ${y}${map ? ": " : ""}`;
    }
    this.find(".value").replaceChildren(text, ...(value === null ? [] : [element("b", number(value))]));
    drawBar(this.find(".bar"), heat, this.data.colours, value === null || !map.most ? null : value / map.most);
    const shown = this.state.name || "the picture alone";
    this.view.setAttribute("aria-label",
      `${this.network.title}, ${shown}. ${this.find(".kind").textContent}. ${this.find(".answer").textContent}`);
  }

  #frame(name, act) {
    const button = element("button", "", "frame"), canvas = element("canvas");
    const answer = element("span", "", "said");
    button.type = "button";
    button.append(canvas, element("span", name, "layer"), answer);
    button.addEventListener("click", act);
    this.find(".film").append(button);
    return { name, button, canvas, answer };
  }

  #drawFrame({ name, button, canvas, answer }) {
    const { said, image, state } = this, context = prepared(canvas);
    button.setAttribute("aria-pressed", String(state.name === name));
    button.disabled = !said;
    answer.textContent = "";
    if (!said) return;
    const layer = said.layers.find((each) => each.name === name);
    const seen = said.views.find((each) => each.name === name);
    const map = layer && shownMap(said, layer, image.size, state);
    drawPicture(context, image.picture, map && overlay(map, image.size, state.heat, this.data.colours), state.smooth);
    if (seen) drawView(context, seen, image.size);
    const probabilities = answersAt(said, name, this.data.layers.at(-1));
    const edit = this.network.edits[name];
    button.classList.toggle("edited", Boolean(edit));
    button.title = edit ? `Changed: ${edit.words}` : "";
    answer.textContent = probabilities ? this.network.answers[best(probabilities)] : "–";
    button.setAttribute("aria-label", `${name}: ${answer.textContent}${edit ? `, changed: ${edit.words}` : ""}`);
  }

  #follow(point) {
    const place = (event) => {
      const frame = this.view.getBoundingClientRect();
      const inside = (share) => Math.min(0.9999, Math.max(0, share));
      point({ x: inside((event.clientX - frame.left) / frame.width),
              y: inside((event.clientY - frame.top) / frame.height) });
    };
    this.view.addEventListener("pointermove", place);
    this.view.addEventListener("pointerdown", place);
    this.view.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && point(null));
    this.view.addEventListener("blur", () => point(null));
  }
}

function element(kind, text = "", name = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}
