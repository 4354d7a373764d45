import Database
import Kernel
import Messages
import People
import Web

/// The places of the neighbourhood: a map and a list for everybody, and the desk where they are kept true.
struct Places: Sendable {
  let ground: ResourceGround
  let desk: PlaceDesk

  init(ground: ResourceGround) {
    self.ground = ground
    desk = PlaceDesk(directory: ground.directory)
  }

  static let navigation: [NavigationItem] = [
    NavigationItem("/places", Phrase("社区地图", "Places")),
    NavigationItem("/place-desk", Phrase("管地点", "Keep places"), roles: ResourceStaff.roles),
  ]

  func register(on routes: inout Routes) {
    addPages(&routes)
    addDesk(&routes)
    addAddressDesk(&routes)
  }

  var jobs: [JobHandler] { [] }

  static let messageKinds: [MessageKind] = []

  static let invariants = PlaceInvariants.invariants

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("社区的地点", "Places of the neighbourhood"),
      term: Phrase(
        "一年没有核实就不再显示；停用的留下名称", "Hidden a year after they were confirmed; closed ones keep their name"),
      reason: Phrase("地图要说真话，旧事还要叫得出地名", "A map has to be true, and what happened keeps its place"))
  ]
}
