package import Kernel

/// Someone who may act for one booking, and for which side. There is no way to one but these checks.
package struct BookingActor: Sendable, Equatable {
  package let booking: BookingID
  package let person: PersonID
  /// In which role the person acts, for the audit chain.
  package let role: Role
  package let party: Booking.Party
  /// The worker whose visit it is: sees and does what belongs to the visit, and answers no requests.
  package let isWorkerAlone: Bool

  /// Somebody of the household that booked; nil for everybody else.
  package init?(householdOf booking: Booking, person: PersonID, household: HouseholdID?) {
    guard household == booking.household else { return nil }
    self.init(booking.id, person, .resident, .household)
  }

  /// Somebody who helps the person whose booking it is, in what that person has just confirmed; nil for everything else.
  init?(helping asked: AssistedOrder, with booking: Booking) {
    guard asked.person == booking.person, asked.household == booking.household,
      asked.visit?.booking == booking.id
    else { return nil }
    self.init(booking.id, asked.helper, asked.role, .household)
  }

  /// One of the merchant's people; nil for everybody else.
  package init?(_ actor: MerchantActor, for booking: Booking) {
    guard actor.merchant == booking.merchant else { return nil }
    self.init(booking.id, actor.person, actor.role, .merchant)
  }

  /// The worker whose visit it is, if entered as a person of the community, also once nobody can book them any more: what
  /// was agreed stays theirs; nil for everybody else.
  package init?(_ person: PersonID, as worker: Worker, for booking: Booking) {
    guard worker.id == booking.worker, worker.details.person == person else { return nil }
    self.init(booking.id, person, .merchant, .merchant, isWorkerAlone: true)
  }

  /// The program itself, when a time has come; in the name of whoever stands for the visit.
  static func program(for booking: Booking, host: PersonID) -> BookingActor {
    BookingActor(booking.id, host, .merchant, .program)
  }

  /// Who decides where both sides see it differently: staff of the community, and never for their own household.
  package init?(decidingOn booking: Booking, person: PersonID, roles: Set<Role>, household: HouseholdID?) {
    guard household != booking.household,
      let staff = [Role.committee, .operator].first(where: roles.contains)
    else {
      return nil
    }
    self.init(booking.id, person, staff, .committee)
  }

  /// In whose hands banknotes are that are taken at the door: a worker without a part in the merchant gives them to whoever
  /// stands for its visits, who hands them over and answers for them.
  func holdingCash(host: PersonID) -> BookingActor {
    isWorkerAlone ? BookingActor(booking, host, .merchant, party) : self
  }

  private init(
    _ booking: BookingID, _ person: PersonID, _ role: Role, _ party: Booking.Party,
    isWorkerAlone: Bool = false
  ) {
    self.booking = booking
    self.person = person
    self.role = role
    self.party = party
    self.isWorkerAlone = isWorkerAlone
  }
}
