import Database
import Hummingbird
import Kernel
import People
import Web

extension Logistics {
  /// What the station does with places and bookings, for itself and for those who cannot.
  func addDeskSteps(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.post("/booking-desk/:place/open", for: staff, objects: .community, limits: limits) {
      try await writeTerms($0, "POST /booking-desk/open") { [desk] id, terms, _, actor, transaction in
        try desk.open(id, on: terms, by: actor, in: transaction)
      }
    }
    routes.post("/booking-desk/:place/terms", for: staff, objects: .community, limits: limits) {
      try await writeTerms($0, "POST /booking-desk/terms") { [desk] id, terms, form, actor, transaction in
        try desk.write(
          terms, to: id, seen: try ResourceForm.seen(form), by: actor, in: transaction)
      }
    }
    routes.post("/booking-desk/:place/close", for: staff, objects: .community, limits: limits) {
      try await close($0)
    }
    routes.post("/booking-desk/:place/bookings", for: staff, objects: .community, limits: limits) {
      try await bookForSomebody($0)
    }
    for step in BookingStep.allCases {
      routes.post(
        "/booking-desk/bookings/:booking/\(step.rawValue)", for: staff, objects: .community, limits: limits
      ) { try await deskMove($0, step) }
    }
  }

  // MARK: - Places

  private func writeTerms(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ work: @escaping @Sendable (PlaceID, BookableTerms, Form, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: PlaceID = try signedIn.id("place")
    return try await ground.answer(
      signedIn, backTo: "\(BookingDeskPages.base(id))?saved=terms",
      page: { try await deskPage(signedIn, day: nil, .init(terms: $0), $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let filled = try BookingForm.terms(form)
      try await ground.change(signedIn, form, operation) { transaction in
        var terms = filled.terms
        if let person = try person(filled.phone, field: "keeper_phone", in: transaction) {
          terms.keeper = .person(person)
        }
        try work(id, terms, form, actor, transaction)
      }
    }
  }

  /// The person with a number; nil where none was typed.
  /// - Throws: `form.invalid` for a number that nobody has.
  private func person(
    _ phone: String, field: String, in transaction: Transaction
  ) throws -> PersonID? {
    if phone.isEmpty { return nil }
    return try ResourceParties.person(
      withPhone: phone, field: field, ground.directory, in: transaction.community, transaction)
  }

  private func close(_ signedIn: SignedIn) async throws -> Response {
    let id: PlaceID = try signedIn.id("place")
    return try await ground.answer(
      signedIn, backTo: "\(BookingDeskPages.base(id))?saved=close",
      page: { try await deskPage(signedIn, day: nil, .init(), $1) }
    ) { form in
      let (actor, seen) = (try signedIn.actor(of: ResourceStaff.roles), try ResourceForm.seen(form))
      try await ground.change(signedIn, form, "POST /booking-desk/close") { [desk] in
        try desk.close(id, seen: seen, by: actor, in: $0)
      }
    }
  }

  // MARK: - Bookings

  private func bookForSomebody(_ signedIn: SignedIn) async throws -> Response {
    let id: PlaceID = try signedIn.id("place")
    let offset = signedIn.community.offsetSeconds
    let cipher = try await ground.cipher(signedIn.community.id)
    let day = try await signedIn.form().all("day").first
    return try await ground.answer(
      signedIn, backTo: "\(BookingDeskPages.base(id))?saved=booking",
      page: { try await deskPage(signedIn, day: day, .init(wish: $0), $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let wish = try BookingForm.wish(form, offsetSeconds: offset)
      try await ground.change(signedIn, form, "POST /booking-desk/bookings") { [desk] transaction in
        let person = try person(wish.phone, field: "phone", in: transaction)
        guard let party = person.map(Party.person) ?? wish.party else { throw Problem.notFound }
        _ = try desk.book(
          BookingWish(party: party, time: wish.time, purpose: wish.purpose), at: id, offsetSeconds: offset,
          sealing: cipher, by: actor, isByWorker: true, in: transaction)
      }
    }
  }

  private func deskMove(_ signedIn: SignedIn, _ step: BookingStep) async throws -> Response {
    let id: PlaceBookingID = try signedIn.id("booking")
    return try await ground.answer(
      signedIn, backTo: "/booking-desk?saved=step",
      page: { _, alerts in try await listPage(signedIn, alerts) }
    ) { form in
      let (actor, seen) = (try signedIn.actor(of: ResourceStaff.roles), try ResourceForm.seen(form))
      try await ground.change(signedIn, form, "POST /booking-desk/bookings/step") { [desk] in
        try desk.move(id, to: step.state, seen: seen, by: actor, isByWorker: true, in: $0)
      }
    }
  }
}
