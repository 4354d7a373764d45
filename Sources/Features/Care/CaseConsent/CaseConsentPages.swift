import Kernel
import People
import Web

/// The page on which a client is asked whether they wish to be worked with.
struct CaseConsentPages {
  let say: Wording
  let token: String
  let key: String

  func page(_ open: OpenCase, name: String, given: Consent?, question: HTML, alerts: [HTML]) -> Page {
    let title = say("问本人", "Ask the person")
    let standing: HTML =
      given.map { consent in
        """
        <section class="card"><p>\(PageParts.tag(say("同意了", "Agreed"), .good)) \(say("到 \(say.day(consent.terms.expires, inYear: 0))", "until \(say.day(consent.terms.expires, inYear: 0))"))</p>\
        \(PageParts.button(say("本人要收回", "They take it back"), to: "/cases/\(open.id)/consent/withdrawal", token: token, key: "\(key)-back", isQuiet: true))</section>
        """
      } ?? .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(open.file.label) · \(name)</p>\
        <p class="lead">\(say("念给本人听，听懂了再问。不同意也没关系，什么都不影响。", "Read it to them, and ask once it is understood. A no is fine and changes nothing for them."))</p>\
        \(standing)<section class="panel">\(question)</section>\
        <p><a href="/cases/\(open.id)">\(say("返回个案", "Back to the case"))</a></p>
        """, alerts: alerts, scripts: ["speak.js"])
  }
}
