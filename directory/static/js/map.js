/* Draws boundaries, towns' names and the services on the Leaflet map that folium made.
 *
 * `L` is Leaflet's own script, loaded before this module. Whatever a listing says is
 * written as text nodes only, never as markup. Nothing moves by itself.
 */

import { drawMarks, element, icon, marksOf } from "./map-marks.js";

const STEP_PX = 120;
const NAMES_MOST = 40;
/* A name stands on its place, else this far below or above it. */
const BESIDE_PX = [0, 27, -27];
const RINGS_FROM_ZOOM = 9.5;

/* folium calls this with its map; see directory/maps/ground.py. */
export async function draw(map, { boundaries, placeNames }) {
  const frame = document.querySelector("[data-map]");
  const words = frame.dataset;
  const [rings, names, layer] = [L.layerGroup(), L.layerGroup().addTo(map), L.layerGroup().addTo(map)];
  const page = { map, words, rings, names, layer, marks: [], groups: [] };
  stillMap(map, words);
  try {
    const [services, areas] = await Promise.all([read(words.services), read(boundaries).catch(nothing)]);
    page.marks = marksOf(services);
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
export function nothing(cause) {
  console.error(cause);
  return { type: "FeatureCollection", features: [] };
}

export async function read(address) {
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

export function stillMap(map, words) {
  const panBy = map.panBy;
  map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
  map.createPane("names");
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

export function moveWithButtons({ map }, frame, view) {
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
export function showFirst({ map }, view) {
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

/* A ring round each town whose services do not show an address, and the square that was searched from. */
function drawRings({ map, rings, marks }, services) {
  const towns = new Map(marks.filter((mark) => mark.precision === "town").map((mark) => [mark.at.toString(), mark.at]));
  for (const at of towns.values()) {
    L.circle(at, { radius: services.town_ring_m, interactive: false, className: "town-ring" }).addTo(rings);
  }
  if (services.square) {
    L.geoJSON(services.square, { interactive: false, style: { className: "searched" } }).addTo(rings);
  }
  // Seen from far off they would be specks.
  const hide = () => (map.getZoom() < RINGS_FROM_ZOOM ? rings.remove() : rings.addTo(map));
  map.on("zoomend", hide);
  hide();
}

/* The largest towns first, beside a mark that stands in the way; what finds no room is left out. */
function drawNames({ map, names, groups }, placeNames) {
  names.clearLayers();
  const view = L.bounds([0, 0], map.getSize());
  const taken = groups.map(({ at }) => around(map.latLngToContainerPoint(at), 20, 17));
  let left = NAMES_MOST;
  for (const [name, latitude, longitude] of placeNames.slice(0, largest(map.getZoom()))) {
    if (!left) return;
    const point = map.latLngToContainerPoint([latitude, longitude]);
    if (!view.contains(point)) continue;
    const half = name.length * 4 + 4;
    const boxes = BESIDE_PX.map((down) => around(point.add([0, down]), half, 9));
    const box = boxes.find((each) => view.contains(each) && !taken.some((other) => other.intersects(each)));
    if (!box) continue;
    taken.push(box);
    left -= 1;
    const text = element("span", "town-name", name);
    text.setAttribute("aria-hidden", "true");
    const at = map.containerPointToLatLng(box.getCenter());
    L.marker(at, { icon: icon(text), interactive: false, keyboard: false, pane: "names" }).addTo(names);
  }
}

/* From far off a small town would stand for the large one whose name found no room. */
function largest(zoom) {
  return zoom < 7 ? 40 : zoom < 8.5 ? 200 : Infinity;
}

function around({ x, y }, halfWidth, halfHeight) {
  return L.bounds([x - halfWidth, y - halfHeight], [x + halfWidth, y + halfHeight]);
}
