import Interop
import Kernel
import Web

/// What goes to the printer, black on white and in large type.
struct MaterialPages {
  let say: Wording
  let activity: Activity
  let phone: String

  private var parts: ActivityParts { ActivityParts(say: say) }
  private var title: String { activity.terms.title }

  private func page(_ paper: MaterialRules.Paper, _ content: HTML) -> Page {
    Page(
      title: "\(say(paper.name)) \(title)", kind: .print, main: "<div class=\"large-paper\">\(content)</div>")
  }

  private var head: HTML {
    "<h1>\(title)</h1><p><strong>\(parts.times(activity))</strong> · \(activity.terms.place)</p>"
  }

  // MARK: - On the wall

  /// - Parameter address: of the page of the activity.
  func poster(address: String) throws -> Page {
    let code = try QRCode(address, correction: .quartile).svg(
      title: say("活动页面的二维码", "Code of the activity’s page"))
    let partner: HTML =
      activity.terms.partner.isEmpty
      ? .empty : "<p>\(say("一起办的：", "Together with "))\(activity.terms.partner)</p>"
    let places: HTML =
      activity.terms.capacity.map {
        "<p>\(say("\($0) 个名额，先报先得", "\($0) places, first come first served"))</p>"
      }
      ?? .empty
    return page(
      .poster,
      """
      <section class="poster"><p>\(say(activity.terms.kind.name))</p><h1>\(title)</h1>\
      <h2>\(parts.times(activity))</h2><h2>\(activity.terms.place)</h2>\(partner)\(places)\
      <p>\(PageParts.lines(activity.terms.description))</p>\
      <h2>\(say("报名：打电话", "To sign up, call")) ☎ \(phone)</h2><p>\(say("或者扫一扫", "or scan this"))</p>\(HTML(trusted: Array(code.utf8)))</section>
      """)
  }

  func agenda() -> Page {
    let items = activity.terms.agenda.map { "<li>\($0)</li>" as HTML }
    let list: HTML =
      items.isEmpty ? "<p>\(say("没有写议程。", "No agenda was written."))</p>" : "<ol>\(items)</ol>"
    return page(.agenda, "\(head)<h2>\(say("议程", "Agenda"))</h2>\(list)")
  }

  // MARK: - At the door

  /// - Parameter next: the number behind which the next list begins; nil where this is the last.
  func list(_ signUps: [NamedSignUp], next: Int64?) -> Page {
    let rows = signUps.map { entry -> HTML in
      let state: HTML =
        entry.signUp.state == .waiting ? " \(say("（排队）", "(waiting)"))" : .empty
      return """
        <tr><th scope="row">\(entry.signUp.turn)</th><td>\(entry.name ?? "")\(state)</td>\
        <td><span class="tick">\(entry.signUp.checkIn == nil ? "" : "✓")</span></td></tr>
        """
    }
    let more: HTML =
      next.map {
        "<p class=\"actions\"><a class=\"button quiet\" href=\"\(ActivityDeskPages.base(activity.id))/paper/list?after=\($0)\">\(say("后面的名单", "The next list"))</a></p>"
      } ?? .empty
    return page(
      .list,
      """
      \(head)<p>\(say("来一位勾一位，回头把号填进“门口签到”。名单用完请交回服务站销毁。", "Tick who comes, and key the numbers in afterwards. The station destroys the list."))</p>\
      \(table([say("号", "No."), say("称呼", "Name"), say("来了", "Came")], rows))\(more)
      """)
  }

  func sheet() -> Page {
    let rows = (1...MaterialRules.lines).map { number -> HTML in
      "<tr><th scope=\"row\">\(number)</th><td>&nbsp;</td></tr>"
    }
    return page(
      .sheet,
      """
      \(head)<p>\(say("直接来的，请写个称呼；不想写也可以，打个勾就行。", "If you came without signing up, write what to call you; a tick will do as well."))</p>\
      \(table([say("号", "No."), say("怎么称呼", "What to call you")], rows))
      """)
  }

  private func table(_ columns: [String], _ rows: [HTML]) -> HTML {
    let head = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
    return "<table class=\"slip-lines\"><thead><tr>\(head)</tr></thead><tbody>\(rows)</tbody></table>"
  }

  // MARK: - Afterwards

  func slips() -> Page {
    let answers = ActivitySatisfaction.answers.map { answer -> HTML in
      "<p><span class=\"tick\"></span> \(say(answer.name))</p>"
    }
    let slip: HTML = """
      <article class="label"><h2>\(say("您觉得今天怎么样？", "How was it today?"))</h2><p>\(title)</p>\(answers)\
      <p>\(say("不用写名字，放进盒子里。", "No name, please; put it into the box."))</p></article>
      """
    return page(
      .slips,
      "<h1 class=\"visually-hidden\">\(say(MaterialRules.Paper.slips.name)) \(title)</h1><div class=\"label-sheet\">\(Array(repeating: slip, count: MaterialRules.slips))</div>"
    )
  }
}
