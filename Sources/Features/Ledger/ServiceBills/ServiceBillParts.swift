import Kernel
import Web

/// The bills that come by themselves, among the statements.
struct ServiceBillParts {
  let say: Wording

  func section(_ bills: [ServiceBill]) -> HTML {
    if bills.isEmpty { return .empty }
    let rows = bills.map { bill -> [HTML] in
      let civil = CivilDateTime(bill.start, offsetSeconds: ChinaTime.offsetSeconds)
      return [HTML(text: say.day(civil)), HTML(text: say(bill.account.name)), standing(bill)]
    }
    return """
      <h2 id="bills">\(say("支付平台的账单", "Bills of payment services"))</h2>\
      <p>\(say("每天上午十点半以后自动取前一天的账单，和自己上传的一样入账；同一笔不会记两次。",
        "Each day after half past ten yesterday's bill is fetched and taken as if you had uploaded it; nothing is counted twice."))</p>\
      \(PageParts.table(
        caption: say("自动取的账单", "Fetched by itself"), isCaptionShown: false,
        columns: [
          TableColumn(say("日期", "Day")), TableColumn(say("账户", "Account")), TableColumn(say("怎么样了", "How it stands")),
        ], rows: rows))
      """
  }

  private func standing(_ bill: ServiceBill) -> HTML {
    switch bill.state {
    case .imported:
      let tag = PageParts.tag(say("已自动入账", "Taken by itself"), .good)
      return bill.statement.map {
        "\(tag) <a href=\"/money/statements/\($0)\">\(say("看这一份", "See it"))<span class=\"visually-hidden\"> \(say(bill.account.name))</span></a>"
      } ?? tag
    case .nothing: return PageParts.tag(say("没有新的收支", "Nothing new that day"))
    case .waiting:
      let again = bill.askAt.map { say("，\(say.dateTime($0)) 再取", "; again at \(say.dateTime($0))") } ?? ""
      return bill.doubt == nil
        ? PageParts.tag(say("等着取", "Not there yet") + again)
        : PageParts.tag(say("这次没取到", "Could not be fetched") + again, .notice) + code(bill)
    case .failed:
      return PageParts.tag(
        say(
          "没有取到，请从商户平台下载后上传",
          "Did not come: please download it from the service's merchant pages and upload it"), .bad)
        + code(bill)
    }
  }

  private func code(_ bill: ServiceBill) -> HTML {
    bill.doubt.map { " <span class=\"muted\">\($0)</span>" } ?? .empty
  }
}
