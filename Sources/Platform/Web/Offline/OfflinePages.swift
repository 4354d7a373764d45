import Kernel

/// What a telephone shows where there is no network and no copy of the page: in both languages, because it is kept before
/// anybody says theirs, and in large type, because it asks for one thing alone.
enum OfflinePages {
  static let path = "/offline"

  static func document(_ community: CommunityCard, _ files: StaticFiles) -> HTML {
    let parts = Language.allCases.map { language in
      part(Wording(language, offsetSeconds: community.offsetSeconds), community)
    }
    let scripts = (["offline.js"] + PageScripts.outbox).map { name -> HTML in
      "<script src=\"\(files.path(of: name))\" defer></script>"
    }
    return """
      <!doctype html>
      <html lang="\(Language.chinese.tag)"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light">\
      <link rel="stylesheet" href="\(files.path(of: "site.css"))"><link rel="icon" href="\(files.path(of: "icon.svg"))" \
      type="image/svg+xml"><title>\(title.chinese) · \(title.english)</title></head><body class="resident elder">\
      <main id="main">\(parts)</main>\(scripts)</body></html>

      """
  }

  private static let title = Phrase("现在没有网络", "There is no network")

  private static func part(_ say: Wording, _ community: CommunityCard) -> HTML {
    let digits = community.phoneNumber.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    let heading: HTML =
      say.language == .chinese ? "<h1>\(say(title))</h1>" : "<h2>\(say(title))</h2>"
    return """
      <section class="panel" lang="\(say.language.tag)">\(heading)\
      <p>\(say("别着急，等一会儿再试。没送出的东西不会丢，有网络时会自动送出，只送一次。", "No hurry: try again in a while. What was not sent is kept, and goes by itself, once, when the network is back."))</p>\
      <p class="actions"><a class="button" href="/" data-again>\(say("再试一次", "Try again"))</a></p>\
      <div data-kept-pages hidden><h3>\(say("没网也能看的", "Here without network"))</h3><ul class="big-choices plain"></ul></div>\
      <p>\(say("急用请打电话，有人帮您：", "In a hurry? Call, and someone will help:"))</p>\
      <p><a class="phone" href="tel:\(digits)">\(community.phoneNumber)</a></p></section>
      """
  }
}
