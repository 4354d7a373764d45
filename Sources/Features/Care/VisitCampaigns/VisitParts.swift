import Kernel
import People
import Web

/// Parts that several pages of visits share.
struct VisitParts {
  let say: Wording

  func state(_ campaign: VisitCampaign, at now: Timestamp) -> HTML {
    let tone: Tone =
      switch campaign.state {
      case .draft: .notice
      case .running: campaign.isRunning(at: now) ? .good : .notice
      case .finished: .neutral
      }
    return PageParts.tag(say(campaign.state.name), tone)
  }

  /// `10月12日 周一 – 10月18日 周日`
  func days(_ terms: VisitTerms) -> String {
    "\(say.day(terms.startsAt)) – \(say.day(terms.endsAt - .seconds(1)))"
  }

  /// How a door stands, in words and colour.
  func standing(_ outcome: VisitOutcome?) -> HTML {
    guard let outcome else { return PageParts.tag(say("还没去", "Not visited yet")) }
    let again = outcome.comeAgainAt.map { " · \(say.dateTime($0))" } ?? ""
    let tone: Tone = outcome.kind.isDone ? .good : .notice
    return PageParts.tag(say(outcome.kind.name) + again, outcome.kind == .followUp ? .bad : tone)
  }

  /// `3号楼` for a building in its stored spelling.
  func building(_ building: String) -> String { building.isEmpty ? "—" : say(Door.buildingName(building)) }

  // MARK: - Charts, each with its table

  /// One bar of a chart, and how its number is told.
  struct Bar: Sendable {
    let name: String
    /// Nil where the number is not told exactly; it then has no bar.
    let length: Int?
    let told: String
  }

  /// Bars that lie, one under another, with a table beneath.
  func chart(_ title: String, _ bars: [Bar], column: String) -> HTML {
    let most = max(1, bars.compactMap(\.length).max() ?? 1)
    let drawn = bars.enumerated().map { index, bar -> HTML in
      let (top, length) = (index * Self.barPitch, (bar.length ?? 0) * 140 / most)
      return """
        <text x="112" y="\(top + 19)" text-anchor="end">\(bar.name)</text>\
        <rect class="series" x="120" y="\(top + 3)" width="\(length)" height="22"/>\
        <text x="\(126 + length)" y="\(top + 19)">\(bar.told)</text>
        """
    }
    let height = bars.count * Self.barPitch
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [TableColumn(column), TableColumn(say("户数", "Households"), isNumeric: true)],
      rows: bars.map { [HTML(text: $0.name), HTML(text: $0.told)] })
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 320 \(height)"><title>\(title)</title>\
      <line class="axis" x1="120" y1="0" x2="120" y2="\(height)"/>\(drawn)</svg>\(table)
      """
  }

  /// From one bar to the next.
  private static let barPitch = 28

  /// Doors by outcome, exact: for the campaign's own people.
  func outcomes(_ progress: VisitProgress) -> HTML {
    chart(
      say("走访结果", "What came of the visits"),
      progress.counts.map {
        Bar(name: say($0.name), length: $0.doors, told: String($0.doors))
      }, column: say("结果", "Outcome"))
  }

  /// The same for everybody else: small numbers are not told apart.
  func protectedOutcomes(_ progress: VisitProgress) -> HTML {
    chart(
      say("走访结果", "What came of the visits"),
      zip(progress.counts, progress.shownCounts).map { bar(say($0.name), $1) }, column: say("结果", "Outcome"))
  }

  /// Doors done by building, for everybody else.
  func protectedBuildings(_ progress: VisitProgress) -> HTML {
    chart(
      say("每栋走到了多少户", "Doors done by building"),
      zip(progress.buildings, progress.shownBuildings).map { bar(building($0.building), $1) },
      column: say("楼栋", "Building"))
  }

  private func bar(_ name: String, _ count: VisitCount) -> Bar {
    let length: Int? = if case .exactly(let number) = count { number } else { nil }
    return Bar(name: name, length: length, told: say(count.words))
  }
}
