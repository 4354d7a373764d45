/// Numbers of people that stand beside each other, with those left out from which somebody could be made out.
///
/// Source: field/socialwork.md §2.12: fewer than a least number are left out, noughts too, since they say of everybody how
/// they did not do; and as many others as keep what is left out from being computed from a sum that is known.
package enum SmallCells {
  /// - Parameters:
  ///   - least: the smallest number that is shown.
  /// - Returns: nil at the place of each number that is left out.
  package static func shown(_ numbers: [Int], least: Int) -> [Int?] {
    var isHidden = numbers.map { $0 < least }
    if isHidden.count(where: { $0 }) == 1 {
      // The smallest number tells least.
      let next = numbers.indices.filter { !isHidden[$0] }.min { numbers[$0] < numbers[$1] }
      if let next { isHidden[next] = true }
    }
    let together = zip(numbers, isHidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let isAny = isHidden.contains(true)
    return zip(numbers, isHidden).map { $1 || (isAny && together < least) ? nil : $0 }
  }
}
