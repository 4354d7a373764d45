import Database
import Kernel
import People
import Web

/// A visit that a helper asked about, with everything that is read out of it.
struct ShownAssistedVisit: Sendable {
  let visit: AssistedVisit
  let service: Service
  let merchant: Merchant
  /// Who comes and when; of a visit that was booked, as it stands now.
  let worker: Worker?
  let startsAt: Timestamp
  /// The booking that it is about or became; nil while there is none.
  let booking: Booking?
  /// What the household shows at the door; nil unless a visit is agreed and has not begun.
  let code: String?

  /// Nil where the service is gone.
  /// - Parameter isCurrent: whether the reader may see what became of it; a helper may not once the mandate has ended.
  init?(
    _ visit: AssistedVisit, of asked: AssistedOrder, isCurrent: Bool, _ desk: BookingDesk,
    in community: CommunityID, _ snapshot: Snapshot
  ) throws {
    guard let service = try ServiceStore.find(visit.service, in: community, snapshot),
      let merchant = try snapshot.merchant(service.merchant, in: community)
    else { return nil }
    self.visit = visit
    self.service = service
    self.merchant = merchant
    let order = try (isCurrent ? asked.order : nil).flatMap {
      try OrderStore.find($0, in: community, snapshot)
    }
    booking = try order.flatMap { try BookingStore.find(orderedAs: $0.id, in: community, snapshot) }
    let isBooked = visit.what == .book
    startsAt = isBooked ? booking?.startsAt ?? visit.startsAt : visit.startsAt
    worker = try WorkerStore.find(
      isBooked ? booking?.worker ?? visit.worker : visit.worker, in: community, snapshot)
    code = booking.flatMap { booking in order.flatMap { desk.arrivalCode(of: booking, $0) } }
  }

  var minutes: Int64 { booking?.minutes ?? service.details.times.minutes }
  var price: ServicePrice { booking?.price ?? service.details.price }
  var rules: VisitRules { booking?.rules ?? service.details.rules }
  var title: Phrase { booking?.title ?? service.details.title }
  var place: Service.Place { booking?.place ?? service.details.place }
}

/// What is read out of a visit, what becomes of it, and what the person keeps on paper.
struct AssistedVisitParts {
  let say: Wording
  let formToken: String
  let now: Timestamp

  static func title(_ what: AssistedVisit.What, _ person: String) -> Phrase {
    switch what {
    case .book: Phrase("\(person)要约这个服务", "The visit that \(person) is to have")
    case .cancel: Phrase("\(person)的预约要取消", "\(person)'s visit, cancelled")
    case .agreeToMove: Phrase("\(person)的预约改时间", "\(person)'s visit, at another time")
    case .refuseMove: Phrase("\(person)的预约不改时间", "\(person)'s visit keeps its time")
    }
  }

  /// What a yes brings about.
  static func agree(_ what: AssistedVisit.What) -> Phrase {
    switch what {
    case .book: Phrase("同意，就约这个时间", "Yes, book it")
    case .cancel: Phrase("同意，取消预约", "Yes, cancel it")
    case .agreeToMove: Phrase("同意，改到这个时间", "Yes, move it")
    case .refuseMove: Phrase("不改，还是原来的时间", "No, keep the time")
    }
  }

  // MARK: - Reading out

  func readBack(_ shown: ShownAssistedVisit, _ asked: AssistedOrder, helper: String) -> HTML {
    """
    <h2>\(say(shown.title))</h2>\(face(shown))\(facts(shown))\(consequence(shown, asked))\
    <p>\(say("\(helper) 代办，不拿一分钱好处。", "\(helper) does this for you and earns nothing by it."))</p>
    """
  }

  private func face(_ shown: ShownAssistedVisit) -> HTML {
    shown.worker.map { WorkerParts.picture($0, say) } ?? .empty
  }

  private func facts(_ shown: ShownAssistedVisit) -> HTML {
    let visit = shown.visit
    let until = shown.startsAt + .minutes(shown.minutes)
    var entries: [(term: String, value: HTML)] = [
      (say("什么时候", "When"), "<strong>\(say.span(from: shown.startsAt, to: until))</strong>"),
      (
        say("谁来", "Who comes"),
        "<strong>\(shown.worker.map { say($0.details.name) } ?? "")</strong> · \(say(shown.merchant.name))"
      ),
      (say("在哪里", "Where"), "\(say(shown.place.name))"),
      (
        say("价钱", "Price"),
        "<strong class=\"price visit-price\">\(say(BookingWords.price(shown.price)))</strong>"
      ),
    ]
    if visit.what == .agreeToMove, let booking = shown.booking, booking.startsAt != visit.startsAt {
      entries.insert(
        (say("原来的时间", "The time until now"), "\(say.span(from: booking.startsAt, to: booking.endsAt))"), at: 0
      )
    }
    if !visit.note.isEmpty { entries.append((say("给师傅的话", "A word to the worker"), "\(visit.note)")) }
    return PageParts.definitions(entries)
  }

  /// What the person should know before they say yes.
  private func consequence(_ shown: ShownAssistedVisit, _ asked: AssistedOrder) -> HTML {
    switch shown.visit.what {
    case .book:
      let fee =
        (try? shown.booking.map { try BookingRules.lateFee(of: $0) }
          ?? BookingRules.lateFee(of: shown.service)) ?? .zero
      return """
        <p>\(say(BookingWords.capPromise))</p><p>\(say(BookingWords.rules(shown.rules, fee: fee)))</p>
        """
    case .cancel where asked.total > .zero:
      return """
        <p><strong>\(say("付过的钱里留 \(asked.total.display)，其余退回。", "\(asked.total.display) of what was paid is kept; the rest goes back."))</strong></p>
        """
    case .cancel:
      return "<p>\(say("现在取消不收钱；付过的全退。", "Cancelling now costs nothing; what was paid goes back."))</p>"
    case .agreeToMove, .refuseMove:
      return "<p>\(say("价钱和到达码不变。", "Price and arrival code stay."))</p>"
    }
  }

  // MARK: - Afterwards

  /// How the booking stands; what the merchant proposes and the person may answer, asked by the helper.
  func standing(_ shown: ShownAssistedVisit, _ asked: AssistedOrder, isHelper: Bool) -> HTML {
    guard let booking = shown.booking, shown.visit.what == .book else { return .empty }
    let path = "/assisted-orders/\(asked.id)/visit"
    var actions: [HTML] = []
    if isHelper, BookingRules.isAllowed(.cancel(reason: ""), of: booking, by: .household, now: now) {
      actions.append(button("\(path)/cancel", say("问本人：取消？", "Ask: cancel it?"), isDanger: true))
    }
    return PageParts.card(
      say("现在的情况", "How it stands"),
      """
      <p>\(PageParts.tag(say(booking.state.name), BookingWords.tone(booking.state))) \
      <strong>\(say.span(from: booking.startsAt, to: booking.endsAt))</strong></p>\
      \(isHelper ? proposal(booking, path) : .empty)<div class="actions">\(actions)</div>
      """)
  }

  private func proposal(_ booking: Booking, _ path: String) -> HTML {
    guard let proposal = booking.proposal, proposal.by == .merchant else { return .empty }
    return """
      <p>\(say("商户想改到 \(say.dateTime(proposal.startsAt))。", "The merchant proposes \(say.dateTime(proposal.startsAt))."))</p>\
      <div class="actions">\(button("\(path)/agree-to-move", say("问本人：可以改吗？", "Ask: does it suit?")))\
      \(button("\(path)/refuse-move", say("问本人：不改？", "Ask: keep the time?"), isQuiet: true))</div>
      """
  }

  private func button(
    _ path: String, _ label: String, isQuiet: Bool = false, isDanger: Bool = false
  ) -> HTML {
    PageParts.button(
      label, to: path, token: formToken, key: Form.newKey, isQuiet: isQuiet, isDanger: isDanger)
  }

  // MARK: - On paper

  /// What the person keeps, in large type. The code stands on it once the visit is agreed: without a telephone she has it
  /// nowhere else.
  func receipt(
    _ shown: ShownAssistedVisit, person: String, helper: String, confirmedBy way: String, at moment: Timestamp
  ) -> HTML {
    let code: HTML =
      shown.code.map {
        """
        <p>\(say("到达码（师傅到了门口再念，电话里谁问都不说）", "Arrival code (read it out at the door, never on the telephone)"))</p>\
        <p class="code">\($0.prefix(3)) \($0.suffix(3))</p>
        """
      } ?? .empty
    let waits: HTML =
      shown.booking?.state == .requested
      ? "<p>\(say("还在等商户答复；答应了，再打印一张带到达码的。", "The merchant has not answered yet; once it has, print this again with the arrival code."))</p>"
      : .empty
    return """
      <div class="print large-type"><h1>\(person) · \(say(shown.title))</h1>\(face(shown))\(facts(shown))\(code)\(waits)\
      <p>\(say("\(helper) 代办，\(say.dateTime(moment)) 经您确认：\(way)。", "Arranged for you by \(helper), with your yes on \(say.dateTime(moment)): \(way)."))</p>\
      <p>\(say("想改时间、想取消、觉得不对，打上面的电话；不想让人代办了，也打这个电话，当场就停。", "To move or cancel it, or if anything seems wrong, call the number above. Call it too to end the mandate: it ends at once."))</p></div>
      """
  }
}
