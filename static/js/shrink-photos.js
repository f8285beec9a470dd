// <input type="file" data-shrink="2000">: large photos are made smaller on the phone before they are sent, so that a page of a paper
// takes seconds and not minutes on a slow network. What the browser cannot draw (HEIC on most, PDF) is sent as it is.

const WORTH_IT = 700_000;
const QUALITY = 0.85;

async function smaller(file, longest) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < WORTH_IT) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    if (!made || made.size >= file.size) return file;
    return new File([made], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
}

async function shrink(field) {
  const made = await Promise.all([...field.files].map((file) => smaller(file, Number(field.dataset.shrink))));
  const bag = new DataTransfer();
  for (const file of made) bag.items.add(file);
  field.files = bag.files;
}

for (const field of document.querySelectorAll("input[type=file][data-shrink]")) {
  let working = null;
  field.addEventListener("change", () => { working = shrink(field).finally(() => { working = null; }); });
  field.form?.addEventListener("submit", (event) => {
    if (!working) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    working.then(() => field.form.requestSubmit(event.submitter));
  }, { capture: true });
}
