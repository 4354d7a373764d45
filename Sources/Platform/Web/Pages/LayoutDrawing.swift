import Kernel

/// Draws the frame of a document for all visitors who see the same one.
struct LayoutDrawing {
  let card: CommunityCard
  let language: Language
  let isElderView: Bool
  let isSignedIn: Bool
  let isCardSession: Bool
  let kind: PageKind
  let items: [(item: NavigationItem, isCurrent: Bool)]
  let isMorePage: Bool
  let staticFiles: StaticFiles

  private var say: Wording {
    Wording(language, offsetSeconds: card.offsetSeconds, isPractice: card.isPractice)
  }

  var frame: LayoutFrame {
    kind == .print
      ? LayoutFrame(
        beforeTitle: head.bytes, beforeAccount: printTop.bytes, beforeToken: [], beforeBack: [],
        beforeMain: HTML("</span></p><main id=\"main\">").bytes, afterMain: HTML("</main>").bytes)
      : LayoutFrame(
        beforeTitle: head.bytes, beforeAccount: top.bytes, beforeToken: account.bytes,
        beforeBack: HTML("\"><input type=\"hidden\" name=\"back\" value=\"").bytes,
        beforeMain: switches.bytes,
        afterMain: HTML("</main>").bytes + footer.bytes)
  }

  private var head: HTML {
    """
    <!doctype html>
    <html lang="\(language.tag)"><head><meta charset="utf-8">\
    <meta name="viewport" content="width=device-width, initial-scale=1">\
    <meta name="color-scheme" content="light">\
    <link rel="stylesheet" href="\(staticFiles.path(of: "site.css"))">\
    <link rel="icon" href="\(staticFiles.path(of: "icon.svg"))" type="image/svg+xml">\
    <link rel="apple-touch-icon" href="\(staticFiles.path(of: "icon-192.png"))">\
    <link rel="manifest" href="\(WebManifest.path)?language=\(language.rawValue)">\
    <meta name="theme-color" content="#2f5d46">\(leaveByItself)<title>
    """
  }

  /// Where scripts run, `tablet.js` does this, and asks before.
  private var leaveByItself: HTML {
    guard isCardSession else { return .empty }
    let seconds = SessionTerms.card.idle.components.seconds
    return """
      <noscript><meta http-equiv="refresh" content="\(seconds);url=\(SharedDevice.left)"></noscript>
      """
  }

  private var bodyClass: String {
    let kindName =
      switch kind {
      case .resident: "resident"
      case .staff: "staff"
      case .print: "print"
      }
    let view = isElderView && kind != .print ? "\(kindName) elder" : kindName
    return card.isPractice ? "\(view) practice-shop" : view
  }

  private var printTop: HTML {
    """
     · \(say(card.name))</title></head><body class="\(bodyClass)">\
    <p class="print-head"><strong>\(say(card.name))</strong> · \(say("电话", "Telephone")) \(card.phoneNumber)\(practiceMark)<span hidden>
    """
  }

  private var top: HTML {
    """
     · \(say(card.name))</title></head><body class="\(bodyClass)">\
    <a class="skip" href="#main">\(say("跳到正文", "Skip to content"))</a>\(practiceBanner)\
    <header class="site-header"><div class="bar"><a class="brand" href="/"><img class="brand-mark" \
    src="\(staticFiles.path(of: "icon.svg"))" alt="" width="36" height="36"><span>\(say(card.name))</span></a>\
    <div class="account">\(accountLink)
    """
  }

  /// Opens the link in which the account's name stands; where nobody is signed in the name is empty.
  private var accountLink: HTML {
    isSignedIn
      ? "<a class=\"account-name\" href=\"/account\">"
      : "<a class=\"button quiet\" href=\"/sign-in\">\(say("登录", "Sign in"))"
  }

  /// After the account's name, up to the token of the switches.
  private var account: HTML {
    """
    </a><form class="switches" method="post" action="/preferences">\
    <input type="hidden" name="form_token" value="
    """
  }

  private var switches: HTML {
    let other: Language = language == .chinese ? .english : .chinese
    let otherName = other == .chinese ? "中文" : "English"
    // The elder view keeps one switch here, the way back; the other is on the page of everything else.
    let switches: HTML =
      isElderView
      ? Self.elderSwitch(isElderView, say)
      : """
      <button class="button quiet" name="language" value="\(other.rawValue)" lang="\(other.tag)">\(otherName)</button>\
      \(Self.elderSwitch(isElderView, say))
      """
    return """
      ">\(finish)\(switches)</form></div></div>\(navigation)</header><main id="main" tabindex="-1">
      """
  }

  /// The names by which people look for such a view (T/TAF 114) are in its description.
  static func elderSwitch(_ isElderView: Bool, _ say: Wording) -> HTML {
    isElderView
      ? "<button class=\"button quiet\" name=\"elder\" value=\"off\">\(say("标准版", "Standard view"))</button>"
      : """
      <button class="button quiet" name="elder" value="on" title="\(say("大字、大按钮、读给您听", "Large type, large buttons, read aloud"))" \
      aria-label="\(say("长辈版（亲情版、关爱版、关怀版）", "Large type (elder view, care view)"))">\(say("长辈版", "Large type"))</button>
      """
  }

  /// A card is used at a shared tablet, so every page has the way out.
  private var finish: HTML {
    guard isCardSession else { return .empty }
    return """
      <button class="button" formaction="/sign-out">\(say("完成并退出", "Finish and sign out"))</button>
      """
  }

  private var navigation: HTML {
    guard !items.isEmpty else { return .empty }
    let links =
      isElderView
      ? items.filter { $0.item.path != "/account" }.prefix(Self.elderItems).map { link($0) } + [more()]
      : items.count > Self.longMenu
        ? items.enumerated().map { link($1, fold: $1.isCurrent ? nil : Self.fold(of: $0)) } + [
          more(isForPhones: items.count <= Self.deskItems)
        ]
        : items.map { link($0) }
    return "<nav class=\"site-nav\" aria-label=\"\(say("主菜单", "Main menu"))\"><ul>\(links)</ul></nav>"
  }

  /// With 更多 they are four: one row of large words on most telephones.
  private static let elderItems = 3
  /// A menu of more items than this, as staff have, is folded on a telephone: it would fill a third of the screen.
  private static let longMenu = 8
  /// How many of a long menu a telephone shows beside where somebody is and 更多.
  private static let firstItems = 5
  /// How many a desk shows beside them: two rows.
  private static let deskItems = 16

  /// What leaves an item of a long menu to the page of everything else: a telephone, or a desk as well.
  private static func fold(of position: Int) -> String? {
    position < firstItems ? nil : position < deskItems ? "folded" : "folded far"
  }

  private func link(_ entry: (item: NavigationItem, isCurrent: Bool), fold: String? = nil) -> HTML {
    link(entry.item.path, entry.item.name, isCurrent: entry.isCurrent, style: fold)
  }

  private func more(isForPhones: Bool = false) -> HTML {
    link(
      MorePages.path, Phrase("更多", "More"), isCurrent: isMorePage, style: isForPhones ? "for-phones" : nil)
  }

  private func link(_ path: String, _ name: Phrase, isCurrent: Bool, style: String?) -> HTML {
    """
    <li\(attribute: "class", style)><a href="\(path)"\(attribute: "aria-current", isCurrent ? "page" : nil)>\(say(name))</a></li>
    """
  }

  private var practiceBanner: HTML {
    guard card.isPractice else { return .empty }
    let text = say(
      "这是练习店：钱都是练习币，可以放心试。", "This is the practice shop: all money is practice money, so try anything.")
    let steps: HTML =
      isSignedIn
      ? " <a href=\"/practice\">\(say("今天练什么", "What to practise"))</a>"
      : " <a href=\"/practice-sign-in\">\(say("用练习码进来", "Enter with a code"))</a>"
    return "<p class=\"practice\" role=\"note\"><span aria-hidden=\"true\">✎ </span>\(text)\(steps)</p>"
  }

  /// On every sheet of paper, so that no receipt of a practice shop is taken for a real one.
  private var practiceMark: HTML {
    guard card.isPractice else { return .empty }
    return " · <strong>\(say("练习用，金额都是练习币", "For practice: all amounts are practice money"))</strong>"
  }

  private var footer: HTML {
    let digits = card.phoneNumber.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    let urgent = HTML.joined(
      items.filter(\.item.isUrgent).map { entry -> HTML in
        "<p><a class=\"phone\" href=\"\(entry.item.path)\">\(say(entry.item.name))</a></p>"
      })
    return """
      <footer class="site-footer"><p class="help">\(say("需要帮忙？打电话给我们：", "Need a hand? Call us:")) \
      <a class="phone" href="tel:\(digits)">\(card.phoneNumber)</a></p>\(urgent)\
      <p class="footer-name">\(say(card.name)) · \(say("暖邻", "Nuanlin"))</p></footer>
      """
  }
}
