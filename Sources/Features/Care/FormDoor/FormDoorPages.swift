import Kernel
import Web

/// One form on a page of its own.
struct FormDoorPages {
  let say: Wording
  let token: String

  func page<Visits>(
    _ door: FormDoor<Visits>, _ context: Visits.Context, _ state: FormState, key: String, alerts: [HTML]
  ) -> Page {
    let parts = FormParts(state, say)
    return page(
      door.title, context.heading, to: door.path, parts, key: key, alerts: alerts,
      door.content(parts, context, say))
  }

  /// - Parameter path: where it is sent, after the path of the matter.
  func page(
    _ title: Phrase, _ heading: FormHeading, to path: String, _ parts: FormParts, key: String, alerts: [HTML],
    _ content: HTML
  ) -> Page {
    let form = parts.form(to: "\(heading.path)/\(path)", token: token, idempotencyKey: key, content)
    return Page(
      title: "\(say(title)) · \(heading.label)", kind: .staff,
      main: """
        <h1>\(say(title))</h1><p>\(heading.label) · \(heading.name)</p>\
        <section class="panel">\(form)</section>\
        <p><a href="\(heading.path)">\(say(heading.back))</a></p>
        """, alerts: alerts)
  }

  /// One form by itself, with the way back to a list.
  func page(_ title: String, back path: String, alerts: [HTML], _ form: HTML) -> Page {
    Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><section class="panel">\(form)</section><p><a href="\(path)">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }
}
