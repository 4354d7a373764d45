/// Probabilities of several tests, made larger so that all of them together are wrong no more often than one may be.
package enum HolmAdjustment {
  /// Holm's step-down method (Holm 1979): the smallest p is multiplied by their number m, the next by m − 1 and so on; none
  /// is smaller than one before it, none larger than one.
  /// - Parameter pValues: in any order; what comes back is in the same.
  package static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = [Double](repeating: 1, count: pValues.count)
    var largest = 0.0
    for (position, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - position)))
      adjusted[index] = largest
    }
    return adjusted
  }
}
