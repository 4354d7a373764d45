import Kernel
import Statistics
import Web

/// The monthly page for small merchants, on the screen and on paper.
struct MarketInformationPages {
  static let title = Phrase("市场信息", "Market information")

  let say: Wording

  var empty: Page {
    page(
      say(Self.title),
      PageParts.empty(
        say(
          "还没有哪个月的。每月 2 号写出上个月的。",
          "There is no month yet. On the second of each month the one before is told."))
    )
  }

  /// - Parameter months: that can be read, the newest first.
  func page(_ shown: MarketMonth, _ searches: NeedTable?, months: [Month]) -> Page {
    let links = months.filter { $0 != shown.month }.map { month -> HTML in
      "<a class=\"button quiet\" href=\"/market-information?month=\(month.description)\">\(say(month.name))</a>"
    }
    let actions: HTML = """
      <p class="actions"><a class="button quiet" href="/market-information/print?month=\(shown.month.description)">\(say("打印", "Print"))</a> \
      \(HTML.joined(links, separator: " "))</p>
      """
    return page(heading(shown), actions + content(shown, searches))
  }

  func sheet(_ shown: MarketMonth, _ searches: NeedTable?) -> Page {
    Page(
      title: heading(shown), kind: .print, main: "<h1>\(heading(shown))</h1>\(content(shown, searches))")
  }

  private func heading(_ shown: MarketMonth) -> String {
    say(
      "\(Self.title.chinese)：\(shown.month.name.chinese)",
      "\(Self.title.english): \(shown.month.name.english)")
  }

  private func page(_ title: String, _ main: HTML) -> Page {
    Page(title: title, kind: .staff, main: "<h1>\(title)</h1>\(main)")
  }

  private func content(_ shown: MarketMonth, _ searches: NeedTable?) -> HTML {
    """
    <p class="lead">\(say("大家买了什么、什么时候下单、大多是什么价、找什么没找到。只有合计，看不出是哪家、哪户。", "What was bought, when it was ordered, at which prices mostly, and what was looked for in vain. Totals only: no merchant and no home can be made out."))</p>\
    \(demand(shown.demand))\(prices(shown.prices))\(unmet(searches))\(rules)
    """
  }

  // MARK: - Demand

  private func demand(_ outcome: MarketMonth.DemandOutcome) -> HTML {
    let title = say("要了多少、什么时候要", "How much, and when")
    switch outcome {
    case .refused(let reason): return PageParts.card(title, PageParts.empty(say(reason.words)))
    case .released(let demand):
      return PageParts.card(title, byKind(demand) + byHour(demand) + byBoth(demand))
    }
  }

  private func byKind(_ demand: MarketMonth.Demand) -> HTML {
    ChartParts(say: say).bars(
      ChartData(
        title: say("每一类要了几份", "Lines of each kind of goods"), stepName: say("哪一类", "Kind of goods"),
        steps: demand.names.map { ChartData.Step(say($0)) },
        series: [
          ChartData.Series(
            say("几份", "Lines"), demand.names.indices.map { figure(demand.released[$0, nil]) })
        ]))
  }

  private func byHour(_ demand: MarketMonth.Demand) -> HTML {
    ChartParts(say: say).bars(
      ChartData(
        title: say("几点下的单", "When it was ordered"), stepName: say("几点", "Hours"),
        steps: MarketMonth.Hours.allCases.map { ChartData.Step(say($0.name)) },
        series: [
          ChartData.Series(
            say("几份", "Lines"),
            MarketMonth.Hours.allCases.map { figure(demand.released[nil, $0.rawValue]) })
        ]))
  }

  private func byBoth(_ demand: MarketMonth.Demand) -> HTML {
    ChartParts(say: say).table(
      ChartData(
        title: say("每一类几点下的单", "Each kind by hours"), stepName: say("哪一类", "Kind of goods"),
        steps: demand.names.map { ChartData.Step(say($0)) },
        series: MarketMonth.Hours.allCases.map { hours in
          ChartData.Series(
            say(hours.name), demand.names.indices.map { figure(demand.released[$0, hours.rawValue]) })
        }))
  }

  private func figure(_ number: Int?) -> ChartData.Figure {
    number.map { .known(Int64($0), String($0)) } ?? .hidden
  }

  // MARK: - Prices and wishes

  private func prices(_ bands: [MarketMonth.PriceBand]) -> HTML {
    let title = say("大多是什么价", "Prices, mostly")
    if bands.isEmpty {
      return PageParts.card(
        title,
        PageParts.empty(
          say("这个月买的太少，写价钱会看出是哪家。", "Too little was bought: prices would show whose they are.")))
    }
    return PageParts.card(
      title,
      PageParts.table(
        caption: say("一份的价钱，中间一半在这之间", "The price of one pack: the middle half lies between"),
        columns: [
          TableColumn(say("哪一类", "Kind of goods")), TableColumn(say("从", "From"), isNumeric: true),
          TableColumn(say("到", "To"), isNumeric: true),
        ],
        rows: bands.map { band in
          [
            HTML(text: say(band.category.name)), HTML(text: say.money(band.low)),
            HTML(text: say.money(band.high)),
          ]
        }))
  }

  private func unmet(_ searches: NeedTable?) -> HTML {
    let title = say(NeedTable.Kind.unmetSearches.name)
    guard let searches else {
      return PageParts.card(title, PageParts.empty(say("这个月没有数过。", "This month was not counted.")))
    }
    switch searches.outcome {
    case .refused(let reason): return PageParts.card(title, PageParts.empty(say(reason.words)))
    case .released(let content):
      return PageParts.card(
        title,
        PageParts.table(
          caption: title, isCaptionShown: false,
          columns: [TableColumn(say(content.rowName))]
            + content.columns.map { TableColumn(say($0.name), isNumeric: true) },
          rows: content.rows.map { row in
            [HTML(text: say(row.name))] + row.figures.map { HTML(text: $0.map(String.init) ?? "—") }
          })
          + HTML.joined(([content.sample] + content.notes).map { "<p class=\"hint\">\(say($0))</p>" as HTML })
      )
    }
  }

  private var rules: HTML {
    """
    <p class="hint">\(say("只算已经取到手、本人同意算进统计的。不到 \(MarketMonth.least) 户的数不写；不到三家商户的，或者一家占了 \(MarketMonth.dominance)% 以上的也不写；能倒推出来的，一起不写。", "Counted is what was handed over, of those who agreed to be counted. Numbers of fewer than \(MarketMonth.least) homes are left out; so are those of fewer than three merchants or with more than \(MarketMonth.dominance) % from one, and whatever would give them back."))</p>
    """
  }
}
