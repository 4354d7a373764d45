import Kernel
import Web

/// How a worker is shown, so that whoever opens the door knows the face.
enum WorkerParts {
  /// The photo with its words; nothing where there is none.
  /// - Parameter isLarge: whether the face is what the part of the page is about.
  static func picture(_ worker: Worker, _ say: Wording, isLarge: Bool = false) -> HTML {
    guard let picture = worker.picture else { return .empty }
    let words = say("\(worker.details.name.chinese)的照片", "Photo of \(worker.details.name.english)")
    let side = isLarge ? 192 : 96
    return """
      <img class="face\(isLarge ? " large" : "")" src="/pictures/\(picture)/\(isLarge ? "large" : "small")" alt="\(words)" \
      width="\(side)" height="\(side)">
      """
  }

  /// Where the merchant adds the photo or changes it.
  static func form(_ worker: Worker, formToken: String, _ say: Wording) -> HTML {
    let parts = FormParts(.empty, say)
    let isNew = worker.picture == nil
    let form = parts.form(
      to: "/desk/workers/\(worker.id)/picture", token: formToken, files: true,
      """
      \(parts.file("picture", Phrase("照片", "Photo"),
        hint: Phrase("正脸，先问过本人。JPEG、PNG 或 WebP，最大 10 MB。拍摄地点等信息会去掉。",
          "The face, and with the worker's consent. JPEG, PNG or WebP, at most 10 MB. Place and camera are taken out."),
        accept: "image/jpeg,image/png,image/webp"))\
      \(parts.submit(isNew ? Phrase("加照片", "Add photo") : Phrase("换照片", "Change photo")))
      """)
    let removal: HTML =
      isNew
      ? .empty
      : """
      <form method="post" action="/desk/workers/\(worker.id)/picture/remove"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions"><button class="button quiet">\(say("去掉照片", "Take the photo away"))</button></p></form>
      """
    return PageParts.card(
      say("照片", "Photo"),
      """
      <p>\(say("邻居预约时看得到，老人开门前认得出。", "Neighbours see it when they book, and know who stands at the door."))</p>\
      \(picture(worker, say))\(form)\(removal)
      """)
  }
}
