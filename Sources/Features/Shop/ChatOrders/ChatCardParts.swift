import Interop
import Kernel
import Web

/// A picture of a campaign to show in the chat, three wide and four high: title, the first items with their prices, times,
/// and a code that leads to it. No person's data, no countdown.
struct ChatCardParts {
  private static let shownItems = 7
  /// Where a line of text ends: as many half-width signs as fit.
  private static let lineWidth = 40

  let export: ChatExport

  /// The whole picture as SVG.
  /// - Parameter isFile: whether it stands for itself and needs a size of its own; on a page the place gives it one.
  func svg(isFile: Bool = false) -> HTML {
    let say = export.say
    let size: HTML = isFile ? " width=\"900\" height=\"1200\"" : .empty
    let title = say(export.campaign.title)
    let offered = export.offered.map(\.entry)
    let shown = offered.prefix(Self.shownItems)
    let rows = shown.enumerated().map { index, entry -> HTML in
      let place = 330 + index * 74
      let price = say(WeighedWords.price(entry.item.price, entry.offer.unit, entry.item.weighed?.terms))
      return """
        <text x="70" y="\(place)" font-size="36" fill="#2b2622">\(Self.cut(say(entry.offer.name), 24))</text>\
        <text x="830" y="\(place)" font-size="36" font-weight="700" text-anchor="end" fill="#8a3b12">\(Self.cut(price, 20))</text>
        """
    }
    let more = offered.count - shown.count
    let rest: HTML =
      more > 0
      ? """
      <text x="70" y="\(330 + shown.count * 74)" font-size="32" fill="#5d534b">\(say("还有 \(more) 样，扫码看", "and \(more) more: scan the code"))</text>
      """ : .empty
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="share-card" role="img" viewBox="0 0 900 1200"\(size) \
      font-family="Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"><title>\(title)</title>\
      <rect width="900" height="1200" fill="#fbf6ee"/><rect width="900" height="24" fill="#b4531f"/>\
      <text x="70" y="140" font-size="64" font-weight="700" fill="#2b2622">\(Self.cut(title, 24))</text>\
      <text x="70" y="215" font-size="34" fill="#5d534b">\(Self.cut(export.cutOff, Self.lineWidth))</text>\
      <line x1="70" x2="830" y1="258" y2="258" stroke="#d9cbb8" stroke-width="3"/>\(rows)\(rest)\
      <line x1="70" x2="830" y1="912" y2="912" stroke="#d9cbb8" stroke-width="3"/>\(code)\
      \(pickup(say))</svg>
      """
  }

  private func pickup(_ say: Wording) -> HTML {
    let place = export.point.map { say($0.name) } ?? ""
    let campaign = export.campaign
    let lines = [
      say("取货", "Pickup"), say.day(campaign.pickupFrom),
      "\(say.time(campaign.pickupFrom))–\(say.time(campaign.pickupUntil))", place,
    ]
    let texts = lines.enumerated().map { index, line -> HTML in
      """
      <text x="360" y="\(985 + index * 50)" font-size="34" fill="#2b2622">\(Self.cut(line, 28))</text>
      """
    }
    return .joined(texts)
  }

  /// The code, as rectangles of the picture.
  private var code: HTML {
    guard let code = try? QRCode(export.link) else { return .empty }
    var path = ""
    for row in 0..<code.side {
      for column in 0..<code.side where code.isDark(row: row, column: column) {
        path += "M\(column + 4) \(row + 4)h1v1h-1z"
      }
    }
    let edge = code.side + 8
    return """
      <svg x="70" y="930" width="250" height="250" viewBox="0 0 \(edge) \(edge)" shape-rendering="crispEdges">\
      <rect width="\(edge)" height="\(edge)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
      """
  }

  /// As much of a text as fits; a Chinese character is as wide as two others.
  static func cut(_ text: String, _ width: Int) -> String {
    var (shown, used) = ("", 0)
    for character in text {
      used += character.isASCII ? 1 : 2
      if used > width { return shown + "…" }
      shown.append(character)
    }
    return shown
  }
}
