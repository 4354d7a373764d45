import Kernel
import People
import Web

/// The page on which a worker notes what somebody would share.
struct CareGiftPages {
  let say: Wording
  let token: String

  func page(
    _ heading: FormHeading, to path: String, _ asking: GiftAsking, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = say("愿意拿出来的本事", "A gift to share")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(heading.label) · \(heading.name)</p>\
        <p class="lead">\(say("人人都有拿得出手的。念给本人听，愿意才登；不愿意什么都不影响。登出去的只有下面写的，不写是从哪里听来的。", "Everybody has something to give. Read this to them and hand it on only if they want to; a no changes nothing. Only what stands below goes along, not where it was heard."))</p>\
        <section class="panel">\(asking.form(to: path, token: token, key: Form.newKey, say, state))</section>\
        <p><a href="\(heading.path)">\(say(heading.back))</a></p>
        """, alerts: alerts, scripts: ["speak.js"])
  }
}
