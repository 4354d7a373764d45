import Database
import Kernel
import Messages
import People
import Web

/// Vans that several share, so that small merchants pay for the room that they need alone. Source: paper 5.3.
struct VanTrips: Sendable {
  let ground: ResourceGround

  init(ground: ResourceGround) {
    self.ground = ground
  }

  var trips: VanTripDesk { VanTripDesk(ground: ground) }
  var parts: VanPartDesk { VanPartDesk(ground: ground) }
  var parties: ResourceParties { ResourceParties(ground: ground) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/van-trips", Phrase("拼车带货", "Shared van trips"), roles: [.merchant]),
    NavigationItem("/van-desk", Phrase("拼车管理", "Van trips"), roles: ResourceStaff.roles),
  ]

  /// Its doors.
  func register(on routes: inout Routes) {
    addResidentDoors(&routes)
    addDesk(&routes)
  }

  var jobs: [JobHandler] { VanTripJobs.handlers(VanTripNotices(ground: ground)) }

  static let messageKinds: [MessageKind] = VanTripNotices.kinds
  static let invariants: [Invariant] = VanTripInvariants.invariants
  static let retentionRules: [RetentionRule] = [VanTripJobs.rule]

  /// What the deletion of a person means beyond their rows.
  func forget(_ subject: DataSubject, in transaction: Transaction) throws {
    try trips.forget(subject.person, in: transaction)
  }
}
