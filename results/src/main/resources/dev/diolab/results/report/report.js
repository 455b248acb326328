// Filters by workload, strategy, policy and threads. What is chosen may stand in the address, as in
// report.html?strategy=i-mutex&threads=8, so that a view can be sent to somebody.
(function () {
  "use strict";
  const chosen = new URLSearchParams(location.search);
  const sections = Array.from(document.querySelectorAll("main section[data-workload]"));
  const rows = Array.from(document.querySelectorAll("main tr[data-strategy]"));
  const columns = Array.from(document.querySelectorAll("th[data-strategy], td[data-strategy]"));

  function valuesOf(elements, key) {
    const values = new Set(elements.map((element) => element.dataset[key]).filter(Boolean));
    return Array.from(values).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  }

  function matches(element, keys) {
    return keys.every((key) => {
      const wanted = chosen.get(key);
      return !wanted || !element.dataset[key] || element.dataset[key] === wanted;
    });
  }

  function apply() {
    for (const section of sections) {
      section.hidden = !matches(section, ["workload"]);
    }
    for (const row of rows) {
      row.hidden = !matches(row, ["strategy", "policy", "threads"]);
    }
    for (const entry of columns) {
      entry.hidden = !matches(entry, ["strategy"]);
    }
    for (const table of document.querySelectorAll("main .table")) {
      const marked = Array.from(table.querySelectorAll("tr[data-strategy]"));
      table.hidden = marked.length > 0 && marked.every((row) => row.hidden);
    }
    const shown = rows.filter((row) => !row.hidden && !row.closest("[hidden]")).length;
    count.textContent = shown + " of " + rows.length + " rows";
  }

  function remember() {
    const query = chosen.toString();
    try {
      history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash);
    } catch (refused) {
      // a browser may refuse that for files; the view is filtered all the same
    }
  }

  function choice(key, values) {
    const select = document.createElement("select");
    select.name = key;
    select.add(new Option("all", ""));
    values.forEach((value) => select.add(new Option(value, value)));
    select.value = values.includes(chosen.get(key)) ? chosen.get(key) : "";
    select.addEventListener("change", () => {
      if (select.value) {
        chosen.set(key, select.value);
      } else {
        chosen.delete(key);
      }
      remember();
      apply();
    });
    const label = document.createElement("label");
    label.append(key + " ", select);
    return label;
  }

  const count = document.createElement("output");
  const form = document.createElement("form");
  form.className = "filters";
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const key of ["workload", "strategy", "policy", "threads"]) {
    const values = valuesOf(key === "workload" ? sections : rows, key);
    if (values.length > 1) {
      form.append(choice(key, values));
    }
  }
  if (form.childElementCount > 0) {
    form.append(count);
    document.querySelector("nav").append(form);
  }
  apply();
})();
