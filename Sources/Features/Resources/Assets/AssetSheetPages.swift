import Kernel
import People
import Web

/// What goes to the printer: the sheet for the wall, and the form to hand out.
struct AssetSheetPages {
  let say: Wording

  private var parts: AssetParts { AssetParts(say: say) }

  func wall(_ assets: [Asset], _ community: String, phone: String, on day: String) -> Page {
    let title = say("我们身边的本事", "What we have here")
    let byKind = Dictionary(grouping: assets, by: \.terms.kind)
    let sections = Asset.Kind.allCases.compactMap { kind -> HTML? in
      guard let found = byKind[kind] else { return nil }
      let items = found.map { asset -> HTML in
        "<li><strong>\(say(asset.terms.name))</strong> \(asset.terms.placeWords) \(parts.times(asset.terms.availability))</li>"
      }
      return "<h2>\(say(kind.name))</h2><ul class=\"lead\">\(items)</ul>"
    }
    return Page(
      title: title, kind: .print,
      main: """
        <div class="print"><h1>\(title)</h1><p class="lead">\(community) · \(day)</p>\(HTML.joined(sections))\
        <p class="lead">\(say("想找哪一位，打服务站电话 \(phone)，我们转达。", "To reach somebody, call the station on \(phone): we pass it on."))</p></div>
        """)
  }

  func form(_ community: String, phone: String) -> Page {
    let title = say("登一登您的本事", "Tell us what you can do")
    func line(_ label: Phrase) -> HTML { "<p class=\"lead\">\(say(label))：____________________________</p>" }
    func box(_ name: Phrase) -> HTML { "<li>☐ \(say(name))</li>" }
    let days = AssetAvailability.dayNames.map { "☐ \(say($0))" }.joined(separator: " ")
    return Page(
      title: title, kind: .print,
      main: """
        <div class="print"><h1>\(title)</h1><p>\(community) · \(phone)</p>\
        <p class="lead">\(say("请勾选：", "Please tick:"))</p><ul class="plain">\(HTML.joined(Asset.Kind.allCases.map { box($0.name) }))</ul>\
        <ul class="plain">\(HTML.joined(Asset.Gift.allCases.map { box($0.name) }))\(box(Phrase("愿意教别人", "I would teach it to others")))</ul>\
        \(line(Phrase("会什么、有什么", "What it is")))\(line(Phrase("说几句", "A few words")))\
        \(line(Phrase("哪栋楼、哪里", "Building or place")))<p class="lead">\(days)</p>\
        \(line(Phrase("几点到几点", "From when till when")))\(line(Phrase("条件", "Conditions")))\
        \(line(Phrase("称呼", "What you are called")))\
        <p>\(say("登出来以前，社工会当面问您同不同意。电话和门牌号不登。随时可以撤下。", "Before it is shown, a social worker asks whether you agree. Your number and door are not shown. It comes down whenever you say so."))</p></div>
        """)
  }
}
