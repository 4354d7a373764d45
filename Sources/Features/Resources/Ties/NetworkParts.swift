import Kernel
import People
import Web

/// What the pages of the network share: the figures, the picture and its table.
struct NetworkParts {
  let say: Wording
  let names: [Party: Phrase]

  func name(_ party: Party) -> String {
    // A number is nobody's name, and persons never come here.
    names[party].map { say($0) } ?? say(party.kind.name)
  }

  func count(_ number: Int?) -> String {
    guard let number else { return say("不显示", "Not shown") }
    return number == 0 ? say("很少", "Few") : say("约 \(number)", "About \(number)")
  }

  func percent(_ number: Int?) -> String { number.map { "\($0)%" } ?? "—" }

  func hundredths(_ number: Int?) -> String {
    guard let number else { return "—" }
    let digits = abs(number) % 100
    return "\(number < 0 ? "−" : "")\(abs(number) / 100).\(digits < 10 ? "0" : "")\(digits)"
  }

  /// Names and values: what the page and the file hold alike.
  func figures(_ shown: ShownNetwork) -> [(term: String, value: String)] {
    [
      (say("居民", "Residents"), count(shown.persons)),
      (say("商户", "Merchants"), String(shown.merchants)),
      (say("单位", "Organisations"), String(shown.organisations)),
      (say("这一季没有来往的", "Without dealings this quarter"), count(shown.isolates)),
      (say("有来往的两方（对）", "Pairs with dealings"), count(shown.pairs)),
      (say("密度：有来往的占所有可能的对", "Density: pairs with dealings of all possible pairs"), percent(shown.density)),
      (
        say("互惠（按来往算）：有来有往的占所有有方向的来往", "Reciprocity, edge form: returned of all directed ties"),
        percent(shown.edgeReciprocity)
      ),
      (
        say("互惠（按对算）：双向的占有来往的对", "Reciprocity, dyad form: mutual of all linked pairs"),
        percent(shown.dyadReciprocity)
      ),
      (say("互不相连的几块", "Components"), count(shown.components)),
      (say("最大一块占多少", "Share in the largest"), percent(shown.largestShare)),
      (say("聚集程度（平均）", "Clustering, mean"), hundredths(shown.clustering)),
      (say("聚集程度（整体）", "Clustering, transitivity"), hundredths(shown.transitivity)),
      (
        say("E-I 指数：−1 只跟同类来往，1 只跟别类来往", "E-I index: −1 all within kinds, 1 all between"),
        hundredths(shown.externalInternal)
      ),
      (say("新有的来往（对）", "New pairs"), count(shown.new)),
      (say("还在来往（对）", "Kept pairs"), count(shown.kept)),
      (say("断了的来往（对）", "Lost pairs"), count(shown.lost)),
      (say("居中牵线的居民", "Residents who connect others"), count(shown.personBrokers)),
    ]
  }

  func mix(_ shown: ShownNetwork) -> HTML {
    let rows = zip(KindPair.allCases, shown.mix).map { kind, number -> [HTML] in
      [HTML(text: say(kind.name)), HTML(text: count(number))]
    }
    return PageParts.table(
      caption: say("谁和谁来往", "Who has dealings with whom"),
      columns: [
        TableColumn(say("哪两类", "Kinds")), TableColumn(say("对", "Pairs"), isNumeric: true),
      ], rows: rows)
  }

  func brokers(_ shown: ShownNetwork) -> HTML {
    if shown.brokers.isEmpty { return .empty }
    let rows = shown.brokers.map { broker -> [HTML] in
      [
        HTML(text: name(broker.party)), HTML(text: say(broker.party.kind.name)),
        HTML(text: hundredths(broker.betweenness)), HTML(text: hundredths(broker.constraint)),
      ]
    }
    return PageParts.table(
      caption: say("谁在牵线搭桥（只列商户和单位）", "Who connects others (merchants and organisations only)"),
      columns: [
        TableColumn(say("名称", "Name")), TableColumn(say("种类", "Kind")),
        TableColumn(say("居中程度", "Betweenness"), isNumeric: true),
        TableColumn(say("受限程度（Burt）", "Constraint (Burt)"), isNumeric: true),
      ], rows: rows)
  }

  // MARK: - Picture

  func picture(_ shown: ShownNetwork) -> HTML {
    let picture = NetworkPicture(shown)
    let strokes = picture.strokes.map { stroke -> HTML in
      """
      <line class="axis" x1="\(stroke.from.x)" y1="\(stroke.from.y)" x2="\(stroke.to.x)" y2="\(stroke.to.y)" \
      stroke-width="\(stroke.band * 2 - 1)" stroke-dasharray="\(Self.dashes(stroke.kind))"></line>
      """
    }
    let circles = picture.circles.map { circle -> HTML in
      """
      \(Self.mark(circle))<text x="\(circle.x)" y="\(circle.y + 5)" text-anchor="middle">\(circle.number)</text>
      """
    }
    let middle = NetworkPicture.center
    let title = say("谁和谁有来往", "Who has dealings with whom")
    let people: HTML =
      shown.persons == 0
      ? .empty
      : """
      <circle class="node" cx="\(middle)" cy="\(middle)" r="\(NetworkPicture.bubble)"></circle>\
      <text x="\(middle)" y="\(middle + 5)" text-anchor="middle">\(say("居民约 \(shown.persons)", "~\(shown.persons) residents"))</text>
      """
    return """
      <svg class="chart of-ties" role="img" viewBox="0 0 \(NetworkPicture.size) \(NetworkPicture.size)"><title>\(title)</title>\
      \(strokes)\(people)\(circles)</svg>\(legend)\(table(shown, picture))
      """
  }

  /// Merchants are round and organisations square, so that nobody needs the colours.
  private static func mark(_ circle: NetworkPicture.Circle) -> HTML {
    circle.party.kind == .merchant
      ? "<circle class=\"node series-node\" cx=\"\(circle.x)\" cy=\"\(circle.y)\" r=\"13\"></circle>"
      : """
      <rect class="node series-2-node" x="\(circle.x - 12)" y="\(circle.y - 12)" width="24" height="24"></rect>
      """
  }

  /// By which kinds of ties are told apart without colour.
  private static func dashes(_ kind: Tie.Kind) -> String {
    switch kind {
    case .helped: "none"
    case .coAttended: "2 4"
    case .traded: "8 4"
    case .referred: "12 4 2 4"
    case .taught: "1 7"
    }
  }

  private var legend: HTML {
    let entries = Tie.Kind.allCases.map { kind -> HTML in
      """
      <li><svg viewBox="0 0 60 8" width="60" height="8" aria-hidden="true"><line stroke="currentColor" x1="0" y1="4" x2="60" \
      y2="4" stroke-width="3" stroke-dasharray="\(Self.dashes(kind))"></line></svg> \(say(kind.name))</li>
      """
    }
    return """
      <p>\(say("线越粗，来往越多。中间是居民，只有人数；里圈圆的是商户，外圈方的是单位。", "The thicker a line, the more dealings. Residents stand in the middle, as a number alone; merchants are round and on the inner ring, organisations square and on the outer."))</p>\
      <ul>\(entries)</ul>
      """
  }

  /// The same as the picture, for whoever cannot see it.
  private func table(_ shown: ShownNetwork, _ picture: NetworkPicture) -> HTML {
    let numbers = Dictionary(picture.circles.map { ($0.party, $0.number) }) { first, _ in first }
    func end(_ party: Party?) -> String {
      guard let party else { return say("居民", "Residents") }
      return "\(numbers[party].map { "\($0) " } ?? "")\(name(party))"
    }
    let rows = shown.lines.map { line -> [HTML] in
      [
        HTML(text: end(line.from)), HTML(text: end(line.to)), HTML(text: say(line.kind.name)),
        HTML(text: say(Self.band(line.band))),
      ]
    }
    if rows.isEmpty { return .empty }
    return PageParts.table(
      caption: say("图里的线", "The lines of the picture"),
      columns: [
        TableColumn(say("一方", "One")), TableColumn(say("另一方", "The other")),
        TableColumn(say("什么来往", "What")), TableColumn(say("多少", "How many")),
      ], rows: rows)
  }

  private static func band(_ band: Int) -> Phrase {
    switch band {
    case 1: Phrase("不到 5 次", "Fewer than 5")
    case 2: Phrase("5–19 次", "5–19")
    case 3: Phrase("20–79 次", "20–79")
    default: Phrase("80 次或更多", "80 or more")
    }
  }
}
