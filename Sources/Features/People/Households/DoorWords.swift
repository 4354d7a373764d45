package import Web

/// How one gets up to a door, for those who carry or visit.
package enum DoorWords {
  /// `5 楼，没电梯`; empty where nobody wrote it down.
  package static func stairs(floor: Int64?, hasLift: Bool?, _ say: Wording) -> String {
    let lift =
      hasLift.map { $0 ? say("有电梯", "lift") : say("没电梯", "no lift") } ?? ""
    let level = floor.map { say("\($0) 楼", "floor \($0)") } ?? ""
    return [level, lift].filter { !$0.isEmpty }.joined(separator: say("，", ", "))
  }
}
