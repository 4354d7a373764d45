import Kernel
import Statistics
import Web

/// Charts and tables that the pages of analysis share.
struct AnalysisParts {
  let say: Wording

  /// One bar, and what stands at its end.
  struct Bar {
    let name: String
    /// Nil where it is left out; it then has no bar.
    let length: Double?
    let told: String
  }

  private static let barPitch = 30

  /// Bars that lie one under another. What they say stands in the table beside, which reads aloud.
  func chart(_ title: String, _ bars: [Bar]) -> HTML {
    let most = bars.compactMap(\.length).max() ?? 0
    guard most > 0 else { return .empty }
    let drawn = bars.enumerated().map { index, bar -> HTML in
      let top = 6 + index * Self.barPitch
      let width = Int((bar.length ?? 0) * 190 / most)
      return """
        <text x="0" y="\(top + 15)">\(Self.short(bar.name))</text>\
        <rect class="series" x="190" y="\(top)" width="\(width)" height="20"></rect>\
        <text x="\(196 + width)" y="\(top + 15)">\(bar.told)</text>
        """
    }
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 430 \(12 + bars.count * Self.barPitch)"><title>\(title)</title>\(drawn)</svg>
      """
  }

  /// What has room before a bar.
  private static func short(_ name: String) -> String {
    var width = 0
    var kept = ""
    for character in name {
      width += character.isASCII ? 1 : 2
      if width > 24 { return kept + "…" }
      kept.append(character)
    }
    return kept
  }

  func number(_ number: Int?) -> HTML { number.map { "\($0)" } ?? leftOut }

  func text(_ text: String?) -> HTML { text.map { HTML(text: $0) } ?? leftOut }

  var leftOut: HTML {
    "<span aria-hidden=\"true\">—</span><span class=\"visually-hidden\">\(say("不写", "left out"))</span>"
  }

  /// `31.2%（78/250）`: no share stands without what it is a share of.
  func share(_ count: Int?, of total: Int) -> String? {
    guard let count, let proportion = Proportion(count, of: total) else { return nil }
    return say(
      "\(AnalysisNumber.percent(proportion.share))（\(count)/\(total)）",
      "\(AnalysisNumber.percent(proportion.share)) (\(count)/\(total))")
  }

  /// Wilson's interval at 95 %.
  func interval(_ count: Int?, of total: Int) -> String? {
    guard let count, let proportion = Proportion(count, of: total) else { return nil }
    let interval = proportion.wilsonInterval()
    return
      "\(AnalysisNumber.percent(interval.lowerBound)) – \(AnalysisNumber.percent(interval.upperBound))"
  }

  /// How many were asked and how many answered, refused, left it empty, or were not asked. They stand apart and in full
  /// (field/socialwork.md §2.7): that few left a question empty tells nothing of what anybody thinks.
  func base(_ base: AnswerBase) -> HTML {
    """
    <p class="muted">\(say("答了 \(base.answered) · 没填 \(base.missing) · 不想说 \(base.refused) · 没问到 \(base.notAsked) · 一共 \(base.total)", "answered \(base.answered) · left empty \(base.missing) · would rather not say \(base.refused) · not asked \(base.notAsked) · of \(base.total)"))</p>
    """
  }

  /// What a test of a table says.
  func test(_ test: TableTest) -> HTML {
    guard let pearson = test.pearson else {
      return
        "<p class=\"muted\">\(say("只有一行或一列有人，没有可检验的。", "Only one row or column holds anybody, so that there is nothing to test."))</p>"
    }
    var entries: [(String, HTML)] = [
      (
        say("皮尔逊卡方（不校正）", "Pearson’s chi-square, uncorrected"),
        HTML(
          text:
            "χ² = \(AnalysisNumber.decimal(pearson.statistic, 2)), df = \(pearson.degreesOfFreedom), \(AnalysisNumber.pValue(pearson.pValue))"
        )
      )
    ]
    if let strength = test.cramersV {
      entries.append(
        (
          say("克拉默 V（0 无联系，1 最强）", "Cramér’s V (0 none, 1 strongest)"),
          HTML(text: AnalysisNumber.decimal(strength, 2))
        ))
    }
    if let yates = test.yates {
      entries.append(
        (
          say("耶茨校正", "Yates’s correction"),
          HTML(
            text: "χ² = \(AnalysisNumber.decimal(yates.statistic, 2)), \(AnalysisNumber.pValue(yates.pValue))"
          )
        ))
    }
    if let fisher = test.fisher {
      entries.append(
        (say("费希尔精确检验（双侧）", "Fisher’s exact test, two-sided"), HTML(text: AnalysisNumber.pValue(fisher))))
    }
    return "\(warning(test))\(PageParts.definitions(entries))\(finding(test.finding))"
  }

  private func warning(_ test: TableTest) -> HTML {
    guard let warning = test.warning else { return .empty }
    let advice =
      test.fisher == nil
      ? say(
        "卡方不可靠，请把人少的选项合并了再看。",
        "The chi-square does not hold; please look again with small categories put together.")
      : say("卡方不可靠，请看费希尔精确检验。", "The chi-square does not hold; please go by Fisher’s exact test.")
    return PageParts.notice(
      say(
        "\(warning.cells) 格里有 \(warning.cellsBelowFive) 格的期望数不到 5，最小 \(AnalysisNumber.decimal(warning.smallest, 1))。",
        "\(warning.cellsBelowFive) of \(warning.cells) cells are expected to hold less than 5, the smallest \(AnalysisNumber.decimal(warning.smallest, 1)). "
      ) + advice)
  }

  func finding(_ finding: AnalysisFinding?) -> HTML {
    guard let finding else {
      return "<p>\(say("人太少，说不准。", "There are too few people to say."))</p>"
    }
    return "<p><strong>\(say(finding.name))</strong></p>"
  }

  /// A choice in a form that is sent by the address.
  func select(
    _ name: String, _ label: Phrase, _ options: [(value: String, name: Phrase)], chosen: String?,
    isRequired: Bool = true
  ) -> HTML {
    let none: HTML = isRequired ? .empty : "<option value=\"\">\(say("不分", "None"))</option>"
    let list = options.map { option -> HTML in
      "<option value=\"\(option.value)\"\(attribute: "selected", if: option.value == chosen)>\(say(option.name))</option>"
    }
    return """
      <div class="field"><label for="choose-\(name)">\(say(label))</label>\
      <select class="input" id="choose-\(name)" name="\(name)">\(none)\(list)</select></div>
      """
  }
}
