// While something is being made beside the page: looks every two seconds, and shows the page anew once it got further.
// Without this a link looks again.
const EVERY_MS = 2000;
const stage = (page) => page.querySelector("[data-wait]")?.dataset.wait ?? "";
const began = stage(document);

const look = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && stage(page) !== began) {
      location.reload();
      return;
    }
  } catch {
    // Away from the network: the next look may find it again.
  }
  setTimeout(look, EVERY_MS);
};

if (began) {
  setTimeout(look, EVERY_MS);
}
