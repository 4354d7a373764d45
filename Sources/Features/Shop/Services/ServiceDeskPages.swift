import Kernel
import Web

/// Where merchants look after what they offer, who does it and when.
struct ServiceDeskPages {
  let say: Wording
  let formToken: String

  // MARK: - One merchant's services

  func services(_ merchant: Merchant, _ services: [Service], _ workers: [Worker]) -> Page {
    let path = "/desk/merchants/\(merchant.id)"
    let title = say("「\(merchant.name.chinese)」的服务", "Services of “\(merchant.name.english)”")
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/services">← \(say("预约台", "Bookings desk"))</a></p><h1>\(title)</h1>\
        <section class="card"><h2>\(say("服务", "Services"))</h2>\
        \(services.isEmpty ? PageParts.empty(say("还没有服务。", "No service yet.")) : PageParts.table(
          caption: say("服务", "Services"), isCaptionShown: false,
          columns: [
            TableColumn(say("服务", "Service")), TableColumn(say("价钱", "Price")), TableColumn(say("多久", "Length")),
            TableColumn(say("状态", "State")),
          ], rows: rows(services)))\
        <p class="actions"><a class="button" href="\(path)/services/new">\(say("加一项服务", "Add a service"))</a></p></section>\
        <section class="card"><h2>\(say("师傅", "Workers"))</h2>\
        \(workers.isEmpty ? PageParts.empty(say("还没有师傅。", "No worker yet.")) : PageParts.table(
          caption: say("师傅", "Workers"), isCaptionShown: false,
          columns: [
            TableColumn(say("师傅", "Worker")), TableColumn(say("做什么", "Does")), TableColumn(say("证书", "Certificate")),
            TableColumn(say("状态", "State")),
          ], rows: rows(workers, services)))\
        <p class="actions"><a class="button" href="\(path)/workers/new">\(say("加一位师傅", "Add a worker"))</a></p></section>
        """)
  }

  private func rows(_ services: [Service]) -> [[HTML]] {
    services.map { service -> [HTML] in
      [
        "<a href=\"/desk/services/\(service.id)\">\(say(service.details.title))</a>",
        "\(say(BookingWords.price(service.details.price)))",
        "\(say("\(service.details.times.minutes) 分钟", "\(service.details.times.minutes) min"))",
        service.isOpen ? PageParts.tag(say("可约", "Open"), .good) : PageParts.tag(say("停了", "Closed")),
      ]
    }
  }

  private func rows(_ workers: [Worker], _ services: [Service]) -> [[HTML]] {
    workers.map { worker -> [HTML] in
      let done = services.filter { worker.details.services.contains($0.id) }.map { say($0.details.title) }
      return [
        "<a href=\"/desk/workers/\(worker.id)\">\(say(worker.details.name))</a>",
        "\(done.joined(separator: say("、", ", ")))",
        "\(worker.details.certificate)",
        worker.closedAt == nil ? PageParts.tag(say("可约", "Open"), .good) : PageParts.tag(say("停了", "Closed")),
      ]
    }
  }

  // MARK: - A service

  func serviceForm(_ merchant: Merchant, _ service: Service?, _ state: FormState) -> Page {
    let title = service.map { say($0.details.title) } ?? say("加一项服务", "Add a service")
    let path = service.map { "/desk/services/\($0.id)" } ?? "/desk/merchants/\(merchant.id)/services/new"
    let closing: HTML = service.map { toggle(path, isOpen: $0.isOpen) } ?? .empty
    let parts = FormParts(state, say)
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/merchants/\(merchant.id)/services">← \(say(merchant.name))</a></p><h1>\(title)</h1>\
        \(parts.form(to: path, token: formToken, "\(about(parts))\(price(parts))\(times(parts))\(parts.submit(Phrase("保存", "Save")))"))\
        \(closing)
        """)
  }

  private func about(_ parts: FormParts) -> HTML {
    """
    \(parts.select("kind", Phrase("种类", "Kind"), options: Service.Kind.allCases.map { ($0.rawValue, $0.name) }))\
    \(parts.text("title_zh", Phrase("名称", "Title in Chinese"), maximumLength: ServiceForm.titleLength))\
    \(parts.text("title_en", Phrase("英文名称", "Title in English"), isRequired: false, maximumLength: 2 * ServiceForm.titleLength))\
    \(parts.textArea("description_zh", Phrase("介绍", "Description in Chinese"), hint: Phrase("做什么、不做什么。", "What is done, and what is not."), isRequired: false))\
    \(parts.textArea("description_en", Phrase("英文介绍", "Description in English"), isRequired: false))\
    \(parts.textArea("preparation_zh", Phrase("请住户准备", "What to have ready, in Chinese"), rows: 2, isRequired: false))\
    \(parts.textArea("preparation_en", Phrase("请住户准备（英文）", "What to have ready, in English"), rows: 2, isRequired: false))\
    \(parts.radios("place", Phrase("在哪里做", "Where"), options: Service.Place.allCases.map { ($0.rawValue, $0.name) }))
    """
  }

  private func price(_ parts: FormParts) -> HTML {
    """
    \(parts.radios("basis", Phrase("怎么算钱", "How it is charged"), options: [
      (ServicePrice.Basis.visit.rawValue, Phrase("一次一个价", "One price a visit")),
      (ServicePrice.Basis.hour.rawValue, Phrase("按小时，按一刻钟计", "By the hour, in quarters")),
    ]))\
    \(parts.money("price", Phrase("价格", "Price")))\
    \(parts.money("cap", Phrase("价格上限", "Price limit"),
      hint: Phrase("连材料在内，一次最多收这么多。住户预约前就看到，系统不让多收。",
        "The most for a visit, material included. Shown before booking; the system refuses more.")))\
    \(parts.number("free_hours", Phrase("开始前几小时取消不收钱", "Free to cancel until so many hours before")))\
    \(parts.rate("late_rate", Phrase("再晚取消或家里没人，留多少", "Part kept when cancelled later, or nobody is there"),
      hint: Phrase("按预计价算，最多 50%；只从先付的钱里留。0 就是不收。",
        "Of the expected price, 50% at most, and only of what was paid before. 0 keeps nothing.")))
    """
  }

  private func times(_ parts: FormParts) -> HTML {
    """
    \(parts.number("minutes", Phrase("一次多久", "Length"), suffix: Phrase("分钟", "minutes")))\
    \(parts.number("buffer_minutes", Phrase("做完到下一家路上", "Way to the next one"), suffix: Phrase("分钟", "minutes")))\
    \(parts.number("lead_hours", Phrase("最少提前", "At least ahead"), suffix: Phrase("小时", "hours")))\
    \(parts.number("horizon_days", Phrase("最多约到几天后", "At most ahead"), suffix: Phrase("天", "days")))\
    \(parts.number("answer_hours", Phrase("几小时内答复预约", "Requests are answered within"),
      hint: Phrase("过了时间没答复，预约自动结束。", "A request that is not answered in time ends by itself."), suffix: Phrase("小时", "hours")))
    """
  }

  private func toggle(_ path: String, isOpen: Bool) -> HTML {
    """
    <form method="post" action="\(path)/\(isOpen ? "close" : "reopen")"><input type="hidden" name="form_token" value="\(formToken)">\
    <p class="actions"><button class="button quiet">\(isOpen ? say("先停一停", "Close for now") : say("重新开放", "Open again"))</button></p>\
    <p class="hint">\(say("停了就不能再约；已经约好的照旧。", "Closed means no new bookings; those that stand stay."))</p></form>
    """
  }

  // MARK: - A worker

  func workerForm(
    _ merchant: Merchant, _ worker: Worker?, services: [Service],
    exceptions: [(id: Int64, exception: HoursException)],
    _ state: FormState, exceptionState: FormState = .empty
  ) -> Page {
    let title = worker.map { say($0.details.name) } ?? say("加一位师傅", "Add a worker")
    let path = worker.map { "/desk/workers/\($0.id)" } ?? "/desk/merchants/\(merchant.id)/workers/new"
    let rest: HTML =
      worker.map {
        "\(WorkerParts.form($0, formToken: formToken, say))\(self.exceptions(path, exceptions, exceptionState))\(toggle(path, isOpen: $0.closedAt == nil))"
      }
      ?? .empty
    let parts = FormParts(state, say)
    let phone =
      worker?.details.person == nil
      ? Phrase(
        "登记过的人填手机号，就能用自己的手机看当天的上门。",
        "Somebody who is entered can see the day's visits on their own telephone.")
      : Phrase("已经连到一个人；要换人才填。", "Connected with a person already; fill in only to change that.")
    let fields: HTML = """
      \(parts.text("name_zh", Phrase("称呼", "Name in Chinese"), hint: Phrase("邻居怎么叫，比如王师傅。", "As neighbours say it."), maximumLength: 20))\
      \(parts.text("name_en", Phrase("英文称呼", "Name in English"), isRequired: false, maximumLength: 40))\
      \(parts.text("phone", Phrase("手机号", "Mobile number"), hint: phone, type: "tel", isRequired: false, inputMode: "tel"))\
      \(parts.textArea("introduction_zh", Phrase("介绍", "Introduction in Chinese"), rows: 2, isRequired: false))\
      \(parts.textArea("introduction_en", Phrase("英文介绍", "Introduction in English"), rows: 2, isRequired: false))\
      \(parts.text("certificate", Phrase("证书", "Certificate"), hint: Phrase("名称和编号；没有就空着。", "Name and number; empty for none."), isRequired: false))\
      \(parts.date("certificate_until", Phrase("证书有效到", "Certificate good until"), hint: Phrase("过了这天就不能再约。", "Nobody can book beyond this day."), isRequired: false))\
      \(self.does(services, parts))\
      \(hours(parts))\(parts.submit(Phrase("保存", "Save")))
      """
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/merchants/\(merchant.id)/services">← \(say(merchant.name))</a></p><h1>\(title)</h1>\
        \(parts.form(to: path, token: formToken, fields))\(rest)
        """)
  }

  private func does(_ services: [Service], _ parts: FormParts) -> HTML {
    let ticks = services.map { parts.checkbox(WorkerForm.field($0.id), $0.details.title) }
    return "<fieldset class=\"field\"><legend>\(say("做什么", "Does"))</legend>\(ticks)</fieldset>"
  }

  private func hours(_ parts: FormParts) -> HTML {
    let fields = (1...7).map { day in
      parts.text(
        WorkerForm.field(day),
        Phrase(
          Wording(.chinese).weekday(day), Wording(.english).weekday(day)),
        hint: day == 1
          ? Phrase("写成 09:00-12:00 14:00-18:00；休息就空着。", "Like 09:00-12:00 14:00-18:00; empty for a day off.")
          : nil,
        isRequired: false)
    }
    return
      "<fieldset class=\"field\"><legend>\(say("每周的时间", "Hours of the week"))</legend>\(fields)</fieldset>"
  }

  private func exceptions(
    _ path: String, _ exceptions: [(id: Int64, exception: HoursException)], _ state: FormState
  ) -> HTML {
    let rows = exceptions.map { entry -> HTML in
      """
      <li>\(say(entry.exception.kind.name)) · \(say.span(from: entry.exception.from, to: entry.exception.until)) \
      <form method="post" action="\(path)/exceptions/\(entry.id)/remove"><input type="hidden" name="form_token" value="\(formToken)">\
      <button class="button quiet">\(say("删掉", "Remove"))</button></form></li>
      """
    }
    let parts = FormParts(state, say)
    let list: HTML = rows.isEmpty ? .empty : "<ul class=\"plain\">\(rows)</ul>"
    return PageParts.card(
      say("请假和加班", "Away, and extra hours"),
      """
      \(list)\(parts.form(to: "\(path)/exceptions", token: formToken,
        """
        \(parts.radios("kind", Phrase("是", "It is"), options: HoursException.Kind.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.dateTime("from", Phrase("从", "From")))\(parts.dateTime("until", Phrase("到", "Until")))\(parts.submit(Phrase("加上", "Add")))
        """))\
      <p class="hint">\(say("已经约好的不会自动取消，请自己和住户改时间。", "Visits that are agreed stay; please propose another time for them."))</p>
      """)
  }
}
