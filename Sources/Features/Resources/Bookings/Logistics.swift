import Database
import Kernel
import Messages
import People
import Web

/// Logistics of the community: places that can be had for a time. Source: paper 5.3.
struct Logistics: Sendable {
  let ground: ResourceGround
  let desk: BookingDesk

  init(ground: ResourceGround) {
    self.ground = ground
    desk = BookingDesk(ground: ground)
  }

  static let navigation: [NavigationItem] = [
    NavigationItem("/booking-desk", Phrase("管预订", "Bookings"), roles: ResourceStaff.roles)
  ]

  /// Its doors.
  func register(on routes: inout Routes) {
    addPlaces(&routes)
    addOwn(&routes)
    addDesk(&routes)
    addDeskSteps(&routes)
  }

  var jobs: [JobHandler] { [ForgetPurposes.handler] + BookingJobs.handlers(ground) }

  /// What the deletion of a person means beyond their rows.
  func forget(_ subject: DataSubject, in transaction: Transaction) throws {
    try desk.forget(subject.person, in: transaction)
  }

  static let messageKinds: [MessageKind] = BookingNotices.kinds
  static let invariants: [Invariant] = BookingInvariants.invariants
  static let retentionRules: [RetentionRule] = [ForgetPurposes.rule]
}
