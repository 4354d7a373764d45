import Kernel
import Security

/// The keys that People finds encrypted things with and proves its own messages with.
struct PeopleKeys: Sendable {
  private let phone: BlindIndex
  private let phoneLastFour: BlindIndex
  private let door: BlindIndex
  let card: MessageKey
  let device: MessageKey
  let invitation: MessageKey
  let ticket: MessageKey
  let spokenCode: MessageKey

  init(_ keys: DerivedKeys) {
    phone = keys.blindIndex(table: "people_person", column: "phone")
    phoneLastFour = keys.blindIndex(table: "people_person", column: "phone_last_four")
    door = keys.blindIndex(table: "people_household", column: "door")
    card = keys.messageKey(.householdCard)
    device = keys.messageKey(.deviceMark)
    invitation = keys.messageKey(.invitation)
    ticket = keys.messageKey(.signInTicket)
    spokenCode = keys.messageKey(.spokenCode)
  }

  // The community is part of each value, so that the same number in two communities does not show.

  func index(of phone: PhoneNumber, in community: CommunityID) -> [UInt8] {
    self.phone.value(of: "\(community)|\(phone.e164)")
  }

  /// - Parameter lastFour: four ASCII digits.
  func index(ofLastFour lastFour: String, in community: CommunityID) -> [UInt8] {
    phoneLastFour.value(of: "\(community)|\(lastFour)")
  }

  func index(of door: Door, in community: CommunityID) -> [UInt8] {
    self.door.value(of: "\(community)|\(door.building)|\(door.unit)|\(door.room)")
  }
}
