import Kernel
import Statistics
import Web

/// The station's overview of a questionnaire: every question with its picture and its table.
struct AnalysisPages {
  let say: Wording
  let material: AnalysisReader.Material

  static func path(_ id: QuestionnaireID) -> String { "\(QuestionnairePages.path(id))/analysis" }

  private var parts: AnalysisParts { AnalysisParts(say: say) }
  private var mask: StationMask { material.mask }
  private var base: String { Self.path(material.questionnaire.id) }

  func overview(_ summaries: [QuestionSummary], _ scales: [ScaleSummary]) -> Page {
    let heading = say("统计：\(material.title)", "Analysis: \(material.title)")
    let cards = summaries.map { question($0) } + scales.map { scale($0) }
    let main: HTML = """
      <h1>\(heading)</h1>\(links)\(sample)\(HTML.joined(cards))\
      <p><a href="\(QuestionnairePages.path(material.questionnaire.id))">\(say("返回问卷", "Back to the questionnaire"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  /// What is said above every page of figures.
  var alerts: [HTML] {
    var alerts: [HTML] = []
    if material.lock == nil {
      alerts.append(
        PageParts.notice(
          say(
            "还没封存，这些是临时的数，还会变，不能写进报告。",
            "These answers are not locked: the figures are provisional, may change, and belong in no report.")
        ))
    }
    if mask.least != nil {
      alerts.append(
        PageParts.notice(
          say(
            "答应过不让人认出来，所以不到 5 人的数不写，能倒推出来的也不写（—）。",
            "Nobody is to be made out, so numbers below 5 are left out, and what would give them back (—)."),
          .neutral))
    }
    return alerts
  }

  private var links: HTML {
    func link(_ path: String, _ name: String) -> HTML {
      "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
    }
    var links = [
      link("\(base)/cross", say("两题对着看", "Cross two questions")),
      link("\(base)/pairs", say("前后对比", "Before and after")),
    ]
    if material.lock == nil {
      if material.questionnaire.state == .closed {
        links.append(link("\(base)/lock", say("封存答案", "Lock the answers")))
      }
    } else {
      links.append(link("\(base)/tables", say("公布的表", "Published tables")))
      links.append(link("\(base)/export", say("导出", "Export")))
      links.append(link("\(base)/lock", say("封存记录", "What was locked")))
    }
    return "<p class=\"actions\">\(HTML.joined(links, separator: " "))</p>"
  }

  private var sample: HTML {
    PageParts.card(
      say("问到了谁", "Who was reached"), "<p>\(say(material.note.phrase(least: mask.least ?? 1)))</p>")
  }

  // MARK: - Questions

  private func question(_ summary: QuestionSummary) -> HTML {
    let title = say(summary.item.title)
    guard mask.allows(summary.base, ofEverybody: !summary.item.canBeSkipped) else {
      return PageParts.card(
        title,
        "<p>\(say("问到的或者没问到的不到 5 个，不写。", "Fewer than 5 were asked, or were not, so nothing is shown."))</p>")
    }
    let content: HTML =
      mask.allows(summary.base.answered) || summary.base.answered == 0
      ? content(summary, title)
      : "<p>\(say("答的人不到 5 个，不写。", "Fewer than 5 answered, so nothing is shown."))</p>"
    return PageParts.card(title, "\(parts.base(summary.base))\(content)")
  }

  private func content(_ summary: QuestionSummary, _ title: String) -> HTML {
    switch summary.content {
    case .single(let options):
      return choices(options, summary, title, shown: mask.shown(options.counts))
    case .rating(let options, let isReversed):
      return
        "\(choices(options, summary, title, shown: mask.shown(options.counts)))\(rating(options, isReversed, summary.item.points))"
    case .multiple(let options):
      let note = say("可以选好几个，所以加起来会超过 100%。", "Several may be chosen, so that they may pass 100 % together.")
      let shown = mask.shown(options.counts, of: options.answered)
      return "\(choices(options, summary, title, shown: shown))<p class=\"muted\">\(note)</p>"
    case .rank(let counts): return rank(counts, summary, title)
    case .number(let number): return number.map { self.number($0, title) } ?? nobody
    case .moment(let periods): return self.periods(periods, title)
    case .text:
      return """
        <p><a href="\(base)/texts/\(summary.item.name)">\(say("看写的话", "Read what was written"))</a></p>
        """
    }
  }

  private var nobody: HTML { "<p>\(say("没有人答。", "Nobody answered."))</p>" }

  private func choices(
    _ options: OptionCounts, _ summary: QuestionSummary, _ title: String, shown: [Int?]
  ) -> HTML {
    guard options.answered > 0 else { return nobody }
    let names = summary.item.optionNames.map { say($0) }
    let bars = zip(names, shown).map { name, count in
      AnalysisParts.Bar(
        name: name, length: count.map(Double.init),
        told: count.flatMap { Proportion($0, of: options.answered) }.map { AnalysisNumber.percent($0.share) }
          ?? "—")
    }
    let rows = zip(names, shown).map { name, count -> [HTML] in
      [
        HTML(text: name), parts.number(count), parts.text(parts.share(count, of: options.answered)),
        parts.text(parts.interval(count, of: options.answered)),
      ]
    }
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [
        TableColumn(say("选项", "Choice")), TableColumn(say("人数", "People"), isNumeric: true),
        TableColumn(say("占答了的人", "Of those who answered"), isNumeric: true),
        TableColumn(say("95% 区间（威尔逊）", "95 % interval (Wilson)"), isNumeric: true),
      ], rows: rows)
    return "\(parts.chart(title, bars))\(table)"
  }

  private func rating(_ options: OptionCounts, _ isReversed: Bool, _ points: RatingPoints) -> HTML {
    guard let rating = options.rating(isReversed: isReversed) else { return .empty }
    let flag: HTML =
      isReversed
      ? "<p>\(PageParts.tag(say("反着问的题", "Asks the opposite"), .notice)) \(say("下面的数已经倒过来算。", "The figures below are computed in reverse."))</p>"
      : .empty
    // Beside points that are left out, the mean would give them back.
    let mean = mask.shown(options.counts).contains(nil) ? nil : rating.mean
    let pairs = mask.shown([rating.topTwo?.count ?? 0, rating.total - (rating.topTwo?.count ?? 0)])
    let low = mask.shown([rating.bottomTwo?.count ?? 0, rating.total - (rating.bottomTwo?.count ?? 0)])
    // Of three points the two highest and the two lowest have the middle one in common.
    let ends =
      options.counts.count < 4
      ? []
      : [
        (say("最高两档", "Top two"), parts.text(parts.share(pairs[0], of: rating.total))),
        (say("最低两档", "Bottom two"), parts.text(parts.share(low[0], of: rating.total))),
      ]
    return """
      \(flag)\(PageParts.definitions(ends + [
        (say("中位数", "Median"), parts.text(rating.median.map { AnalysisNumber.plain(points.number(at: $0)) })),
        (say("平均（要和上面各档一起看）", "Mean (to be read with the points above)"), parts.text(mean.map { AnalysisNumber.decimal(points.number(at: $0), 2) })),
      ]))
      """
  }

  private func rank(_ counts: [RankCount], _ summary: QuestionSummary, _ title: String) -> HTML {
    let first = mask.shown(counts.map(\.first))
    let rows = zip(summary.item.optionNames, zip(counts, first)).map { name, entry -> [HTML] in
      [
        HTML(text: say(name)), parts.number(entry.1),
        parts.text(mask.allows(entry.0.ranked) ? entry.0.mean.map { AnalysisNumber.decimal($0, 2) } : nil),
      ]
    }
    let bars = zip(summary.item.optionNames, first).map {
      AnalysisParts.Bar(name: say($0), length: $1.map(Double.init), told: $1.map(String.init) ?? "—")
    }
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [
        TableColumn(say("选项", "Choice")), TableColumn(say("排第一的人数", "Put first by"), isNumeric: true),
        TableColumn(say("平均名次", "Mean place"), isNumeric: true),
      ], rows: rows)
    return "\(parts.chart(title, bars))\(table)"
  }

  private func number(_ number: NumberSummary, _ title: String) -> HTML {
    let shown = mask.shown(number.bins.map(\.count))
    let names = number.bins.map { "\(AnalysisNumber.plain($0.from)) – \(AnalysisNumber.plain($0.to))" }
    let bars = zip(names, shown).map {
      AnalysisParts.Bar(name: $0, length: $1.map(Double.init), told: $1.map(String.init) ?? "—")
    }
    let quartiles = number.quartiles.map { AnalysisNumber.plain($0) }.joined(separator: " / ")
    let table = PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [
        TableColumn(say("从 – 到不满", "From – to under")), TableColumn(say("人数", "People"), isNumeric: true),
      ], rows: zip(names, shown).map { [HTML(text: $0), parts.number($1)] })
    return """
      \(parts.chart(title, bars))\(table)\(PageParts.definitions([
        ("n", "\(number.count)"),
        (say("平均", "Mean"), HTML(text: AnalysisNumber.decimal(number.mean, 2))),
        (say("标准差（n − 1）", "Standard deviation (n − 1)"), parts.text(number.standardDeviation.map { AnalysisNumber.decimal($0, 2) })),
        (say("下四分位 / 中位数 / 上四分位（Hyndman–Fan 第 7 种）", "Lower quartile / median / upper quartile (Hyndman and Fan, type 7)"), HTML(text: quartiles)),
      ]))
      """
  }

  private func periods(_ periods: [PeriodCount], _ title: String) -> HTML {
    guard !periods.isEmpty else { return nobody }
    let shown = mask.shown(periods.map(\.count))
    return PageParts.table(
      caption: title, isCaptionShown: false,
      columns: [
        TableColumn(say("月份或钟点", "Month or hour")), TableColumn(say("人数", "People"), isNumeric: true),
      ], rows: zip(periods, shown).map { [HTML(text: $0.period), parts.number($1)] })
  }

  private func scale(_ scale: ScaleSummary) -> HTML {
    func told(_ alpha: CronbachsAlpha?) -> HTML {
      guard let alpha, mask.allows(alpha.people) else { return parts.leftOut }
      return HTML(
        text: say(
          "α = \(AnalysisNumber.decimal(alpha.alpha, 2))（\(alpha.items) 题，\(alpha.people) 人）",
          "α = \(AnalysisNumber.decimal(alpha.alpha, 2)) (\(alpha.items) questions, \(alpha.people) people)"))
    }
    let scores = scale.scores.flatMap { mask.allows($0.count) ? $0 : nil }
    return PageParts.card(
      say("量表：\(scale.name)", "Scale: \(scale.name)"),
      PageParts.definitions([
        (say("克隆巴赫 α，只算全答了的人", "Cronbach’s alpha, listwise: only who answered all"), told(scale.listwise)),
        (
          say("克隆巴赫 α，两两能算的都算", "Cronbach’s alpha, pairwise: whoever answered both of a pair"),
          told(scale.pairwise)
        ),
        (
          say("得分平均（全答了的人）", "Mean score of those who answered all"),
          parts.text(scores.map { "\(AnalysisNumber.decimal($0.mean, 2)) (n = \($0.count))" })
        ),
      ]))
  }

  // MARK: - Texts

  /// What was written in their own words: for the station only, and never published.
  func texts(_ item: SurveyItem, _ texts: [String], total: Int, next: String?) -> Page {
    let heading = say(item.title)
    let list = texts.map { "<li>\(PageParts.lines($0))</li>" as HTML }
    let content: HTML =
      mask.allows(total)
      ? "<ol>\(list)</ol>\(PageParts.pager(say, previous: nil, next: next))"
      : PageParts.empty(say("写的人不到 5 个，不显示。", "Fewer than 5 wrote something, so nothing is shown."))
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(say("只给服务站的社工看，用来归类；原话不公布。", "For the station’s social workers alone, to be coded. The words themselves are never published."))</p>\(content)\
      <p><a href="\(base)">\(say("返回统计", "Back to the analysis"))</a></p>
      """
    return Page(title: heading, kind: .staff, main: main)
  }
}
