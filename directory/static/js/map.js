/* Draws boundaries, towns' names and the services on the Leaflet map that folium made.
 *
 * `L` is Leaflet's own script, loaded before this module. Whatever a listing says is
 * written as text nodes only, never as markup. Nothing moves by itself.
 */

import { drawMarks, element, icon, markOf } from "./map-marks.js";

const STEP_PX = 120;
const NAMES_MOST = 40;

/* folium calls this with its map; see directory/maps/ground.py. */
export async function draw(map, { boundaries, placeNames }) {
  const frame = document.querySelector("[data-map]");
  const words = frame.dataset;
  const page = { map, words, marks: [], layer: L.layerGroup().addTo(map), names: L.layerGroup().addTo(map) };
  stillMap(map, words);
  try {
    const [services, areas] = await Promise.all([read(words.services), read(boundaries).catch(nothing)]);
    page.marks = services.features.map(markOf);
    const here = drawBoundaries(map, areas, services.authorities ?? []);
    drawRings(page, services);
    const view = viewOf(services, page.marks, here);
    moveWithButtons(page, frame, view);
    map.on("zoomend", () => drawMarks(page));
    map.on("moveend", () => drawNames(page, placeNames));
    showFirst(page, view);
    drawMarks(page);
    drawNames(page, placeNames);
    frame.dataset.drawn = "yes";
  } catch (cause) {
    console.error(cause);
    frame.querySelector("[data-map-message]").textContent = words.wordFailed;
  }
}

/* Without its ground the map still shows where the services are. */
function nothing(cause) {
  console.error(cause);
  return { type: "FeatureCollection", features: [] };
}

async function read(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/* What to show first: the near places (`bbox`), else the council searched for, else all. */
function viewOf(services, marks, here) {
  const all = L.latLngBounds(marks.map((mark) => mark.at));
  if (services.square) all.extend(L.geoJSON(services.square).getBounds());
  if (!all.isValid()) all.extend(here);
  if (!services.bbox) return { first: here.isValid() ? here : all, all };
  const [west, south, east, north] = services.bbox;
  return { first: L.latLngBounds([south, west], [north, east]), all };
}

/* --- Moving about, without dragging and without motion --- */

function stillMap(map, words) {
  const panBy = map.panBy;
  map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
  const box = map.getContainer();
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.wordMap);
  box.addEventListener("keydown", (event) => {
    const act = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "in", "=": "in", "-": "out" };
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest(".leaflet-popup")) return;
    if (!(event.key in act)) return;
    event.preventDefault();
    move(map, act[event.key]);
  });
  // In a frame, a finger that wants to scroll the page must not get caught in the map.
  if (window.self !== window.top && matchMedia("(pointer: coarse)").matches) map.dragging.disable();
}

function move(map, act) {
  const step = { left: [-STEP_PX, 0], right: [STEP_PX, 0], up: [0, -STEP_PX], down: [0, STEP_PX] }[act];
  if (step) map.panBy(step);
  else map.setZoom(map.getZoom() + (act === "in" ? 1 : -1));
}

function moveWithButtons({ map }, frame, view) {
  const buttons = frame.querySelector("[data-map-buttons]");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.move;
    if (act === "all") show(map, view.all);
    else if (act) move(map, act);
  });
}

function show(map, bounds) {
  if (!bounds.isValid()) return;
  map.closePopup();
  map.fitBounds(bounds, { padding: [34, 34], maxZoom: 12, animate: false });
}

/* A frame that was folded away has no size; the first view waits until it has one. */
function showFirst({ map }, view) {
  let shown = false;
  const fit = () => {
    map.invalidateSize({ pan: false });
    if (shown || !map.getSize().x || !map.getSize().y) return;
    shown = true;
    show(map, view.first);
  };
  new ResizeObserver(fit).observe(map.getContainer());
  fit();
}

/* --- The ground --- */

/* Answers with the bounds of the councils searched for. */
function drawBoundaries(map, areas, searched) {
  const codes = new Set(searched);
  const isHere = ({ properties }) => codes.has(properties.code);
  const ground = (className, filter) => L.geoJSON(areas, { interactive: false, filter, style: { className } }).addTo(map);
  // Colours are in map.css, so that dark mode and forced colours reach them.
  ground("ground", (area) => !isHere(area));
  return ground("ground ground--here", isHere).getBounds();
}

function drawRings({ map, marks }, services) {
  const drawn = new Set();
  for (const mark of marks.filter((each) => each.precision === "town")) {
    const key = mark.at.toString();
    if (drawn.has(key)) continue;
    drawn.add(key);
    L.circle(mark.at, { radius: services.town_ring_m, interactive: false, className: "town-ring" }).addTo(map);
  }
  if (services.square) {
    L.geoJSON(services.square, { interactive: false, style: { className: "searched" } }).addTo(map);
  }
}

/* The largest towns first; a name that would lie on another, or on a mark, is left out. */
function drawNames({ map, names, groups }, placeNames) {
  names.clearLayers();
  const view = map.getBounds();
  const taken = (groups ?? []).map(({ at }) => around(map.latLngToLayerPoint(at), 20, 16));
  let left = NAMES_MOST;
  for (const [name, latitude, longitude] of placeNames) {
    if (!left) return;
    const at = L.latLng(latitude, longitude);
    if (!view.contains(at)) continue;
    const box = around(map.latLngToLayerPoint(at), name.length * 4 + 6, 12);
    if (taken.some((other) => other.intersects(box))) continue;
    taken.push(box);
    left -= 1;
    const text = element("span", "town-name", name);
    text.setAttribute("aria-hidden", "true");
    L.marker(at, { icon: icon(text), interactive: false, keyboard: false, pane: "overlayPane" }).addTo(names);
  }
}

function around({ x, y }, half_width, half_height) {
  return L.bounds([x - half_width, y - half_height], [x + half_width, y + half_height]);
}
