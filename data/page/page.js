/*
 * What a page can do beyond its tables: pictures that D3 lays out, explanations where the pointer is,
 * long tables cut to their first rows. All figures and texts are taken from the page itself, as text.
 */
(function () {
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const d3 = window.d3;
const SHOWN_ROWS = 12;
/* The sentences, in the language of the page. */
const SAID = document.getElementById("main").dataset;

function say(sentence, ...numbers) {
	return numbers.reduce((text, number) => text.replace("{}", number), sentence);
}

function element(name, attributes, text) {
	const made = document.createElementNS(SVG, name);
	for (const key of Object.keys(attributes || {}))
		made.setAttribute(key, attributes[key]);
	if (text !== undefined)
		made.textContent = text;
	return made;
}

/* The popup: one for all, named as the description of what it belongs to while it is shown. */
const popup = document.createElement("div");
let owner = null, timer = 0;
popup.id = "popup";
popup.setAttribute("role", "tooltip");
popup.hidden = true;
document.body.append(popup);

function hide() {
	clearTimeout(timer);
	popup.hidden = true;
	if (owner)
		owner.removeAttribute("aria-describedby");
	owner = null;
}

function show(target, contents, box) {
	hide();
	popup.replaceChildren(...contents);
	popup.hidden = false;
	owner = target;
	target.setAttribute("aria-describedby", "popup");
	const at = box || target.getBoundingClientRect();
	const left = Math.min(at.left, document.documentElement.clientWidth - popup.offsetWidth - 12);
	const below = at.bottom + popup.offsetHeight + 8 < window.innerHeight || at.top < popup.offsetHeight + 8;
	popup.style.left = Math.max(8, left) + window.scrollX + "px";
	popup.style.top = (below ? at.bottom + 6 : at.top - popup.offsetHeight - 6) + window.scrollY + "px";
}

function later() {
	clearTimeout(timer);
	timer = setTimeout(hide, 250);
}

popup.addEventListener("mouseenter", () => clearTimeout(timer));
popup.addEventListener("mouseleave", later);
document.addEventListener("keydown", event => {
	if (event.key === "Escape")
		hide();
});

function explain(event) {
	const link = event.target.closest && event.target.closest("a.note");
	if (!link || link === owner)
		return;
	const title = document.getElementById(link.hash.slice(1));
	if (!title)
		return;
	const name = document.createElement("b");
	name.textContent = title.textContent;
	show(link, [name, ...Array.from(title.nextElementSibling.children, child => child.cloneNode(true))]);
}

document.addEventListener("mouseover", explain);
document.addEventListener("focusin", explain);
document.addEventListener("mouseout", event => {
	if (event.target === owner || (owner && owner.contains(event.target)))
		later();
});
document.addEventListener("focusout", hide);

/* The rows of a section's table: name, size and group of each, and the level in a tree. */
function readRows(figure) {
	const table = figure.parentElement.querySelector("table");
	const columns = {};
	let column = 0;
	for (const head of table.tHead.rows[0].cells) {
		columns[head.dataset.key] = column;
		column += head.colSpan;
	}
	const cell = (row, key) => row.cells[columns[key]];
	return Array.from(table.tBodies[0].rows, row => {
		const size = cell(row, figure.dataset.size).querySelector("data");
		const group = figure.dataset.group && cell(row, figure.dataset.group);
		return {
			row, name: row.dataset.name, size: size ? Number(size.value) : 0, text: size ? size.textContent : "",
			group: group ? group.textContent : "", level: Number(row.dataset.level || 0), children: []
		};
	});
}

/* "kmalloc-1k: 464 KiB, 3.0%" */
function describe(item, total) {
	const share = total ? ", " + (item.size / total * 100).toFixed(1) + "%" : "";
	return item.name + ": " + item.text + share + (item.group && item.group !== SAID.unknown ? ", " + item.group : "");
}

function mark(item, on) {
	item.row.classList.toggle("hit", on);
}

/* A picture is one stop of the tab key; arrow keys go from item to item, Enter acts. */
function operate(svg, items, act, told) {
	let current = 0;
	items.forEach((item, index) => item.node.setAttribute("tabindex", index ? -1 : 0));
	const go = index => {
		items[current].node.setAttribute("tabindex", -1);
		current = (index + items.length) % items.length;
		items[current].node.setAttribute("tabindex", 0);
		items[current].node.focus();
	};
	const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
	svg.addEventListener("keydown", event => {
		if (step[event.key])
			go(current + step[event.key]);
		else if (event.key === "Home" || event.key === "End")
			go(event.key === "Home" ? 0 : items.length - 1);
		else if (event.key === "Enter" || event.key === " ")
			act(items[current]);
		else
			return;
		event.preventDefault();
	});
	items.forEach((item, index) => {
		item.node.addEventListener("click", () => act(item));
		item.node.addEventListener("focus", () => { current = index; mark(item, true); told(item, true); });
		item.node.addEventListener("blur", () => { mark(item, false); told(item, false); });
		item.node.addEventListener("mouseenter", () => { mark(item, true); told(item, true); });
		item.node.addEventListener("mouseleave", () => { mark(item, false); told(item, false); });
	});
}

function goToRow(item) {
	const all = item.row.closest("section").querySelector(".more-rows button[aria-expanded=false]");
	if (item.row.hidden && all)
		all.click();
	item.row.scrollIntoView({ block: "center" });
	item.row.querySelector("a, th, td").focus({ preventScroll: true });
	mark(item, true);
}

function fit(text, width) {
	const room = Math.floor(width / 6.6);
	return text.length <= room ? text : room > 3 ? text.slice(0, room - 1) + "\u2026" : "";
}

function addKey(figure, groups, colors) {
	const key = document.createElement("ul");
	key.className = "key";
	for (const group of groups) {
		const item = document.createElement("li"), swatch = document.createElement("span");
		swatch.className = "swatch c" + colors.get(group);
		item.append(swatch, " ", figure.dataset.group + ": " + (group || SAID.unknown));
		key.append(item);
	}
	figure.append(key);
}

/* Areas as large as the rows' sizes. */
function drawAreas(figure) {
	const rows = readRows(figure).filter(row => row.size > 0);
	const groups = Array.from(new Set(rows.map(row => row.group)));
	const sizes = new Map(groups.map(group => [group, 0]));
	rows.forEach(row => sizes.set(row.group, sizes.get(row.group) + row.size));
	groups.sort((a, b) => sizes.get(b) - sizes.get(a));
	const colors = new Map(groups.map((group, index) => [group, index < 6 ? index + 1 : 7]));
	const width = figure.clientWidth, height = Math.round(Math.min(460, Math.max(280, width * 0.45)));
	const root = d3.hierarchy({ children: rows }).sum(row => row.children && row.children.length ? 0 : row.size || 0)
		.sort((a, b) => b.value - a.value);
	const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
		"aria-label": SAID.areas });
	d3.treemap().size([width, height]).round(true).tile(d3.treemapSquarify)(root);
	/* What fits into an area is for the eye; its label has all. */
	const texts = element("g", { "aria-hidden": true });
	const items = root.leaves().map(leaf => {
		const item = leaf.data, wide = leaf.x1 - leaf.x0, high = leaf.y1 - leaf.y0, name = fit(item.name, wide - 8);
		item.node = element("g", { class: "item", role: "button", "aria-label": describe(item, root.value) });
		item.node.append(element("rect", { class: "c" + colors.get(item.group), x: leaf.x0, y: leaf.y0, width: wide, height: high }));
		if (high > 18 && name)
			texts.append(element("text", { x: leaf.x0 + 5, y: leaf.y0 + 15 }, name));
		if (high > 34 && fit(item.text, wide - 8) === item.text)
			texts.append(element("text", { x: leaf.x0 + 5, y: leaf.y0 + 30, class: "small figure" }, item.text));
		svg.append(item.node);
		return item;
	});
	svg.append(texts);
	figure.replaceChildren(svg);
	addKey(figure, groups, colors);
	operate(svg, items, goToRow, (item, on) => on ?
		show(item.node, [document.createTextNode(describe(item, root.value))]) : hide());
}

function toTree(rows) {
	const path = [];
	rows.forEach((row, index) => {
		row.color = row.level === 1 ? path[0].children.length % 8 : row.level ? path[1].color : 0;
		path[row.level] = row;
		if (row.level)
			path[row.level - 1].children.push(row);
	});
	return rows[0];
}

/* Rings: what is outside adds up to what is inside. The one in the middle can be any part. */
function drawRings(figure, top) {
	const tree = figure.tree = figure.tree || toTree(readRows(figure));
	const whole = top || tree;
	const radius = 200, levels = 4, middle = 0.32;
	const root = d3.hierarchy(whole, item => item.children.filter(child => child.size > 0))
		.sum(item => item.children.length ? 0 : item.size);
	d3.partition().size([2 * Math.PI, 1])(root);
	const inner = depth => depth ? radius * (middle + (1 - middle) * (depth - 1) / Math.min(levels, root.height || 1)) : 0;
	const arc = d3.arc().startAngle(node => node.x0).endAngle(node => node.x1)
		.innerRadius(node => inner(node.depth)).outerRadius(node => inner(node.depth + 1) - 1.5);
	const svg = element("svg", { viewBox: "-204 -204 408 408", width: 408, height: 408, role: "group",
		"aria-label": SAID.rings });
	const name = element("text", { class: "middle name", y: -14 }), size = element("text", { class: "middle size", y: 10 }),
		share = element("text", { class: "middle more", y: 30 });
	const tell = item => {
		name.textContent = fit(item.name, 140);
		size.textContent = item.text;
		share.textContent = item === tree ? "" : say(SAID.ofAll, (item.size / tree.size * 100).toFixed(1) + "%");
	};
	const items = root.descendants().filter(node => node.depth <= levels && (node.x1 - node.x0 > 0.004 || !node.depth)).map(node => {
		const item = node.data;
		const hint = node.depth ? "" : whole === tree ? "" : "; " + SAID.back;
		item.node = element("g", { class: "item", role: "button", "aria-label": describe(item, tree.size) + hint });
		item.node.append(node.depth ?
			element("path", { d: arc(node), class: "c" + item.color + " d" + item.level }) :
			element("path", { d: `M${-inner(1) + 4} 0a1 1 0 0 0 ${2 * inner(1) - 8} 0a1 1 0 0 0 ${8 - 2 * inner(1)} 0`, class: "c0", "fill-opacity": 0.35 }));
		svg.append(item.node);
		return item;
	});
	const texts = element("g", { "aria-hidden": true });
	texts.append(name, size, share);
	svg.append(texts);
	tell(whole);
	figure.replaceChildren(svg);
	figure.parentElement.classList.add("paired");
	operate(svg, items, item => {
		const next = item === whole ? tree : item.children.length ? item : whole;
		drawRings(figure, next);
		figure.querySelector(".item").focus();
	}, (item, on) => tell(on ? item : whole));
}

const CURVES = 12, CURVE_WIDTH = 250, CURVE_HEIGHT = 130;

/* A curve: the sizes of a row, one after the other, null where one is unknown. */
function readCurves(figure) {
	const table = figure.parentElement.querySelector("table");
	const keys = Array.from(table.tHead.rows[0].cells, head => head.dataset.key);
	const cell = (row, key) => row.cells[keys.indexOf(key)];
	return Array.from(table.tBodies[0].rows).slice(0, CURVES).map(row => {
		const values = Array.from(cell(row, figure.dataset.size).querySelectorAll("li"), item => item.querySelector("data"));
		return {
			row, name: row.dataset.name, state: cell(row, figure.dataset.state).textContent,
			sizes: values.map(value => value && Number(value.value)), texts: values.filter(value => value).map(value => value.textContent)
		};
	}).filter(item => item.texts.length);
}

/* Each on a scale of its own, from its lowest size to its highest: what is asked is how it went. */
function drawCurves(figure) {
	const rows = readCurves(figure);
	const columns = Math.max(1, Math.floor(figure.clientWidth / CURVE_WIDTH)), wide = figure.clientWidth / columns;
	const height = Math.ceil(rows.length / columns) * CURVE_HEIGHT;
	const svg = element("svg", { viewBox: `0 0 ${figure.clientWidth} ${height}`, width: figure.clientWidth, height, role: "group",
		"aria-label": SAID.curves });
	const texts = element("g", { class: "curve", "aria-hidden": true });
	const items = rows.map((item, index) => {
		const left = index % columns * wide + 4, top = Math.floor(index / columns) * CURVE_HEIGHT + 4;
		const width = wide - 12, foot = CURVE_HEIGHT - 12;
		const known = item.sizes.filter(size => size !== null);
		const least = Math.min(...known), most = Math.max(...known);
		const x = (_, at) => left + 6 + (width - 12) * at / Math.max(item.sizes.length - 1, 1);
		const y = size => top + foot - 8 - (foot - 54) * (most > least ? (size - least) / (most - least) : 0.5);
		const defined = size => size !== null;
		const first = item.texts[0], last = item.texts[item.texts.length - 1];
		item.said = item.name + ": " + say(SAID.change, first, last) + ", " + item.state;
		item.node = element("g", { class: "item curve", role: "button", "aria-label": item.said });
		item.node.append(
			element("rect", { x: left, y: top, width, height: foot, rx: 6 }),
			element("path", { class: "under", d: d3.area().x(x).y0(top + foot - 2).y1(y).defined(defined)(item.sizes) }),
			element("path", { class: "line", d: d3.line().x(x).y(y).defined(defined)(item.sizes) }));
		texts.append(element("text", { class: "name", x: left + 8, y: top + 17 }, fit(item.name, width - 16)),
			element("text", { class: "small figure", x: left + 8, y: top + 33 },
				fit(first + " \u2192 " + last + ", " + item.state, width - 16)));
		svg.append(item.node);
		return item;
	});
	svg.append(texts);
	figure.replaceChildren(svg);
	operate(svg, items, goToRow, (item, on) => on ? show(item.node, [document.createTextNode(item.said)]) : hide());
}

const DRAW = { areas: drawAreas, rings: drawRings, curves: drawCurves };

function draw(figure) {
	figure.hidden = false;
	DRAW[figure.dataset.picture](figure);
}

if (d3 && d3.treemap && d3.arc)
	document.querySelectorAll("figure[data-picture]").forEach(figure => {
		let width = 0;
		draw(figure);
		new ResizeObserver(() => {
			if (figure.dataset.picture !== "rings" && Math.abs(figure.clientWidth - width) > 8) {
				width = figure.clientWidth;
				draw(figure);
			}
		}).observe(figure);
	});

/* Long tables. */
document.querySelectorAll(".scroll").forEach(box => {
	const rows = Array.from(box.querySelectorAll("tbody tr"));
	if (rows.length <= SHOWN_ROWS + 3 || rows[0].dataset.level)
		return;
	const line = document.createElement("p"), button = document.createElement("button");
	line.className = "more-rows";
	button.type = "button";
	const set = all => {
		rows.forEach((row, index) => { row.hidden = !all && index >= SHOWN_ROWS; });
		button.setAttribute("aria-expanded", all);
		button.textContent = all ? say(SAID.firstRows, SHOWN_ROWS) : say(SAID.allRows, rows.length);
	};
	button.addEventListener("click", () => set(button.getAttribute("aria-expanded") === "false"));
	set(false);
	line.append(button);
	box.after(line);
});
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(item => { item.open = true; }));
})();
