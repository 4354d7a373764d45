import Database
import Kernel
import People

/// Visits that a helper books, cancels or moves for somebody: asked for, read back and confirmed like goods, and decided by
/// the booking desk in the transaction of the person's word.
extension AssistedOrderDesk {
  /// What a visit would come to now, under everything that stands at this moment. Nothing is written.
  func preview(
    _ visit: AssistedVisit, of asked: AssistedOrder, under mandate: Mandate, by way: ConfirmationWay?,
    in transaction: Transaction
  ) throws -> Preview {
    guard visit.what != .book else {
      let service = try visits.preview(visit.request(of: asked), of: asked, by: way, in: transaction)
      let until = visit.startsAt - .hours(service.details.times.leadHours)
      return Preview(total: service.details.price.cap, order: nil, until: until)
    }
    let (booking, command) = try change(visit, of: asked, under: mandate, by: way, in: transaction)
    guard BookingRules.isAllowed(command, of: booking, by: .household, now: transaction.now) else {
      throw Problem.bookingNotNow(booking.state)
    }
    let kept = try visits.keptFee(of: booking, cancelledFor: asked, visit.what, in: transaction)
    let isInTime = visit.what == .cancel && !BookingRules.isLate(booking, now: transaction.now)
    let end = min(booking.startsAt, visit.startsAt)
    let costsLater = isInTime && BookingRules.freeUntil(booking) > transaction.now
    return Preview(
      total: kept, order: booking.order, until: costsLater ? BookingRules.freeUntil(booking) : end)
  }

  /// Does what was confirmed, and returns the visit's order with what it comes to at most.
  func carryOut(
    _ visit: AssistedVisit, of asked: AssistedOrder, under mandate: Mandate, by way: ConfirmationWay,
    in transaction: Transaction
  ) throws -> (order: OrderID, total: Money) {
    let offset = try people.offsetSeconds(transaction.community, transaction)
    guard visit.what != .book else {
      let service = try ServiceStore.find(visit.service, in: transaction.community, transaction)
      guard service?.termsDigest == visit.terms else { throw Problem.visitTermsChanged }
      let booking = try visits.book(
        visit.request(of: asked), for: asked.person, of: asked.household, asked: asked,
        offsetSeconds: offset, in: transaction
      ).booking
      guard let order = booking.order else { throw Problem.internalFault }
      return (order, booking.price.cap)
    }
    let (booking, command) = try change(visit, of: asked, under: mandate, by: way, in: transaction)
    guard let order = booking.order, let actor = BookingActor(helping: asked, with: booking) else {
      throw Problem.notFound
    }
    let kept = try visits.keptFee(of: booking, cancelledFor: asked, visit.what, in: transaction)
    try visits.perform(
      command, by: actor, seen: visit.revision, offsetSeconds: offset, in: transaction)
    return (order, kept)
  }

  /// The booking that a helper may change at this moment, and what is done to it.
  /// - Throws: `not_found`, `booking.stale`, `order.helper_is_merchant`, `booking.helper_is_worker`, and the refusals of the
  ///   mandate.
  private func change(
    _ visit: AssistedVisit, of asked: AssistedOrder, under mandate: Mandate, by way: ConfirmationWay?,
    in transaction: Transaction
  ) throws -> (Booking, BookingRules.Command) {
    guard let command = visit.command, let id = visit.booking,
      let booking = try BookingStore.find(id, in: transaction.community, transaction),
      booking.person == asked.person, booking.household == asked.household
    else { throw Problem.notFound }
    guard booking.revision == visit.revision else { throw Problem.bookingStale }
    let merchants = try transaction.merchantIdentifiers(of: asked.helper, in: transaction.community)
    if merchants.contains(booking.merchant) { throw Problem.helperIsMerchant }
    let workers = try WorkerStore.find(
      [booking.worker, visit.worker], in: transaction.community, transaction)
    if workers.contains(where: { $0.details.person == asked.helper }) { throw Problem.helperIsWorker }
    // It buys nothing, so that no sum stands against it; and nobody is kept from giving up a visit of a merchant whom the
    // person does not want any more.
    let use = MandateUse(
      helper: asked.helper, principal: asked.person, at: transaction.now, matters: [.services],
      merchants: visit.what == .agreeToMove ? [booking.merchant] : [], total: .zero, spentToday: .zero,
      spentThisMonth: .zero, payWay: Order.PaymentMethod.cashAtPickup.payWay, confirmation: way)
    if let refusal = mandate.refusal(of: use) { throw refusal }
    return (booking, command)
  }
}

extension AssistedVisit {
  /// What the booking desk is asked for.
  fileprivate func request(of asked: AssistedOrder) -> BookingDesk.Request {
    BookingDesk.Request(
      service: service, worker: worker, startsAt: startsAt, note: note,
      key: AssistedOrderDesk.key(of: asked.id))
  }
}

extension BookingDesk {
  /// What a helper's booking would be refused with now, or the service that it would be of. Nothing is written.
  /// - Throws: what `book` throws.
  func preview(
    _ request: Request, of asked: AssistedOrder, by way: ConfirmationWay?, in transaction: Transaction
  ) throws -> Service {
    let service = try bookable(
      request, for: asked.household, askedBy: asked.helper,
      offsetSeconds: try people.offsetSeconds(transaction.community, transaction), in: transaction)
    try checkMandate(asked, for: service, by: way, in: transaction)
    return service
  }

  /// Asks the rules of the order desk about an order that does not exist yet.
  private func checkMandate(
    _ asked: AssistedOrder, for service: Service, by way: ConfirmationWay?, in transaction: Transaction
  ) throws {
    let order = try OrderRequest(
      community: transaction.community, campaign: transaction.newIdentifier(), person: asked.person,
      household: asked.household, actor: asked.helper, role: asked.role,
      authority: .booking(transaction.newIdentifier()), key: AssistedOrderDesk.key(of: asked.id),
      command: .place([.init(item: transaction.newIdentifier(), quantity: 1)], note: ""))
    var known = try OrderGroundStore.representation(for: [order], people, in: transaction)
    known.grounds[order.authority] = OrderGround(
      person: order.person, household: order.household, campaign: order.campaign, helper: order.actor,
      digest: nil, isOpen: true, mandate: asked.mandate, confirmation: way)
    if let refusal = known.refusal(of: order, from: [service.merchant]) { throw refusal }
    _ = try known.mandate(
      for: order,
      OrderRepresentation.Purchase(
        order: nil, matters: order.authority.matters(of: []), merchants: [service.merchant],
        total: service.details.price.cap, payWay: Order.PaymentMethod.cashAtPickup.payWay),
      at: transaction.now)
  }

  /// What is kept of the person's money where a helper cancels now; nothing where something else is done.
  fileprivate func keptFee(
    of booking: Booking, cancelledFor asked: AssistedOrder, _ what: AssistedVisit.What,
    in transaction: Transaction
  ) throws -> Money {
    guard what == .cancel, BookingRules.isLate(booking, now: transaction.now),
      let actor = BookingActor(helping: asked, with: booking),
      try VisitCampaign(books: books, actor: actor).keepsFee(of: booking, in: transaction)
    else { return .zero }
    return try BookingRules.lateFee(of: booking)
  }
}
