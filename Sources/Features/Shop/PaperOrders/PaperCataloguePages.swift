import Kernel
import People
import Web

/// Where a leader prints catalogues and slips.
struct PaperCataloguePages {
  let say: Wording
  let token: String
  let now: Timestamp
  /// Whether the reader keys slips too, and not only prints them.
  let isKeyer: Bool

  /// The versions of one campaign, and the form for the next.
  func index(
    _ campaign: Campaign, _ catalogues: [PaperCatalogue], _ items: [DeskItem], _ state: FormState
  ) -> Page {
    let title = say("纸上目录：\(campaign.title.chinese)", "Catalogue on paper: \(campaign.title.english)")
    let versions = catalogues.map { catalogue -> HTML in
      let path = path(catalogue)
      return PageParts.card(
        say("第 \(catalogue.number) 版", "Version \(catalogue.number)"), href: path,
        """
        <p>\(say("印于 \(say.dateTime(catalogue.printedAt))", "Printed \(say.dateTime(catalogue.printedAt))")) · \
        \(holding(catalogue))</p><p class="actions"><a class="button" href="\(path)">\(say("印目录和单子", "Print it and its slips"))</a></p>
        """)
    }
    let canPrint = [.upcoming, .open].contains(campaign.phase(at: now))
    let form: HTML = canPrint ? self.form(campaign, items, state) : .empty
    let none: HTML =
      catalogues.isEmpty && !canPrint
      ? PageParts.empty(
        say(
          "团购发布以后、截单以前，可以在这里印大字目录。",
          "Between publication and cut-off, a large-type catalogue can be printed here."))
      : .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>
        <p>\(say("给不用手机的邻居：大字目录，一户一张单子，打勾就能订。纸上写的价就是最高价。", "For neighbours without a telephone: a catalogue in large type and a slip for each household, to be ticked. The price on paper is the most they pay."))</p>
        \(none)\(versions)\(form)\(links(campaign))
        """)
  }

  private func links(_ campaign: Campaign) -> HTML {
    let keying: HTML =
      isKeyer
      ? """
      <a class="button quiet" href="/desk/slips">\(say("录纸单", "Key slips"))</a>
      <a class="button quiet" href="/desk/paper-households">\(say("要纸单的住户", "Households that want paper"))</a>
      """ : .empty
    return """
      <p class="actions">\(keying) <a class="button quiet" href="/desk/campaigns/\(campaign.id)">\(say("返回", "Back"))</a></p>
      """
  }

  private func holding(_ catalogue: PaperCatalogue) -> String {
    catalogue.returnedAt == nil
      ? say(
        "货留到 \(say.dateTime(catalogue.slipsUntil))", "goods held until \(say.dateTime(catalogue.slipsUntil))")
      : say("没用完的货已还给大家", "what was not needed is open to everyone again")
  }

  private func form(_ campaign: Campaign, _ items: [DeskItem], _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let rows = items.filter { $0.item.stockKind == .limited }.map { entry -> HTML in
      parts.number(
        "held-\(entry.item.id)", entry.offer.name,
        hint: Phrase(
          "还剩 \(entry.level.left ?? 0) \(entry.offer.unit.name.chinese)",
          "\(entry.level.left ?? 0) left"), isRequired: false, suffix: entry.offer.unit.name)
    }
    let holds: HTML =
      rows.isEmpty
      ? .empty
      : """
      <details class="card"><summary>\(say("给纸单留几份货（可不填）", "Hold goods back for slips (optional)"))</summary>
      <p>\(say("留的货网上订不到；到时间没用完，自动还给大家。", "What is held cannot be ordered online; what is not needed returns to everyone by itself."))</p>
      <div class="columns three">\(rows)</div></details>
      """
    return PageParts.card(
      say("印一版新目录", "Print a new version"),
      parts.form(
        to: "/desk/campaigns/\(campaign.id)/catalogue", token: token,
        """
        \(parts.dateTime("slips_until", Phrase("货留到什么时候", "Hold the goods until"), hint: Phrase("单子请在这以前收上来；截单前晚到的也能录，只是不保证有货。", "Collect slips before then; later ones can be keyed until the cut-off, but goods are not assured.")))\
        \(holds)\(parts.submit(Phrase("印这一版", "Print this version")))
        """))
  }

  func path(_ catalogue: PaperCatalogue) -> String {
    "/desk/campaigns/\(catalogue.campaign)/catalogue/\(catalogue.number)"
  }

  // MARK: - One version

  /// A building as the form offers it.
  struct BuildingChoice: Sendable {
    let building: String
    let households: Int64
  }

  /// How many slips of a building there are, and how many of them were keyed.
  struct SlipCount: Sendable {
    let building: String
    var printed = 0
    var keyed = 0
  }

  func version(
    _ sheet: PaperSheet, _ buildings: [BuildingChoice], paperHouseholds: Int, _ counts: [SlipCount],
    added: Int?
  ) -> Page {
    let number = sheet.catalogue.number
    let title = say(
      "第 \(number) 版目录：\(sheet.campaign.title.chinese)", "Version \(number): \(sheet.campaign.title.english)")
    let path = path(sheet.catalogue)
    let canPrint = [.upcoming, .open].contains(sheet.campaign.phase(at: now))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(holding(sheet.catalogue))</p>
        <p class="actions"><a class="button" href="\(path)/print">\(say("打印大字目录", "Print the catalogue"))</a></p>
        \(slips(counts, sheet))\(canPrint ? making(buildings, paperHouseholds, path) : .empty)\(items(sheet))
        <p><a href="/desk/campaigns/\(sheet.campaign.id)/catalogue">\(say("返回", "Back"))</a></p>
        """,
      alerts: added.map { [self.added($0)] } ?? [])
  }

  private func added(_ count: Int) -> HTML {
    count == 0
      ? PageParts.notice(
        say(
          "没有新添单子：这些住户都已经有了，或者里面还没有登记的人。",
          "No slip was added: these households have theirs already, or nobody is entered in them."))
      : PageParts.notice(
        say("新添了 \(count) 张单子，可以打印了。", "\(say.count(count, "张", "slip")) added, ready to print."), .good)
  }

  private func slips(_ counts: [SlipCount], _ sheet: PaperSheet) -> HTML {
    if counts.isEmpty { return .empty }
    let path = path(sheet.catalogue)
    let rows = counts.map { count -> [HTML] in
      let name = say(Door.buildingName(count.building))
      return [
        "<a href=\"\(path)/slips?building=\(URLEncodedText.encode(count.building))\">\(name)</a>",
        "\(count.printed)", "\(count.keyed)", back(to: count, sheet),
      ]
    }
    let table = PageParts.table(
      caption: say("单子", "Slips"), isCaptionShown: false,
      columns: [
        TableColumn(say("楼栋", "Building")), TableColumn(say("张数", "Slips"), isNumeric: true),
        TableColumn(say("已录", "Keyed"), isNumeric: true), TableColumn(say("印回纸上", "Paper back")),
      ], rows: rows)
    return """
      <section class="card"><h2>\(say("单子", "Slips"))</h2>\(table)
      <p class="actions"><a class="button" href="\(path)/slips">\(say("打印全部单子", "Print all slips"))</a></p></section>
      """
  }

  /// What comes back to one building; for those who key slips, and once something was keyed.
  private func back(to count: SlipCount, _ sheet: PaperSheet) -> HTML {
    guard isKeyer, count.keyed > 0 else { return "—" }
    let paper = "/desk/campaigns/\(sheet.campaign.id)/paper"
    let building = URLEncodedText.encode(count.building)
    return """
      <a href="\(paper)/confirmations?building=\(building)">\(say("确认单", "Confirmations"))</a>
      <a href="\(paper)/receipts?building=\(building)">\(say("收据", "Receipts"))</a>
      """
  }

  private func making(_ buildings: [BuildingChoice], _ paperHouseholds: Int, _ path: String) -> HTML {
    let parts = FormParts(.empty, say)
    let list = (
      value: "paper",
      name: Phrase("要纸单的 \(paperHouseholds) 户", "The \(paperHouseholds) households that want paper")
    )
    let options = buildings.map { entry in
      let name = Door.buildingName(entry.building)
      return (
        value: "building:\(entry.building)",
        name: Phrase("\(name.chinese)（\(entry.households) 户）", "\(name.english) (\(entry.households))")
      )
    }
    return PageParts.card(
      say("给谁印单子", "Slips for whom"),
      parts.form(
        to: "\(path)/slips", token: token,
        """
        \(parts.checkboxes("for", Phrase("名单或整栋楼", "The list, or whole buildings"), options: [list] + options))\
        \(parts.submit(Phrase("备好单子", "Make the slips")))
        """))
  }

  private func items(_ sheet: PaperSheet) -> HTML {
    let rows = sheet.items.map { item -> [HTML] in
      [
        "<strong>\(item.code)</strong>", HTML(text: say(item.name)),
        HTML(text: say(WeighedWords.price(item.price, item.desk.offer.unit, item.desk.item.weighed?.terms))),
        item.setAside == 0 ? "—" : "\(item.setAside)", item.setAside == 0 ? "—" : "\(item.taken)",
      ]
    }
    return PageParts.table(
      caption: say("编号和价钱", "Codes and prices"),
      columns: [
        TableColumn(say("编号", "Code")), TableColumn(say("商品", "Item")),
        TableColumn(say("纸上的价", "Price on paper"), isNumeric: true),
        TableColumn(say("留了", "Held"), isNumeric: true), TableColumn(say("用了", "Used"), isNumeric: true),
      ], rows: rows)
  }
}
