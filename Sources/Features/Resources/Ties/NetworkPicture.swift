import Foundation
import Kernel

/// Where everything of the picture stands: persons gathered in the middle, merchants on a ring round them, organisations on
/// one further out. The same network makes the same picture.
struct NetworkPicture: Sendable, Equatable {
  struct Circle: Sendable, Equatable {
    let party: Party
    /// By which the table beneath names it.
    let number: Int
    let x: Int
    let y: Int
  }

  struct Stroke: Sendable, Equatable {
    let from: (x: Int, y: Int)
    let to: (x: Int, y: Int)
    let kind: Tie.Kind
    let band: Int

    static func == (left: Stroke, right: Stroke) -> Bool {
      left.from == right.from && left.to == right.to && left.kind == right.kind && left.band == right.band
    }
  }

  static let size = 430
  static let center = size / 2
  static let (merchantRing, organisationRing) = (118.0, 188.0)
  /// Half the width of what stands for the residents.
  static let bubble = 60

  let circles: [Circle]
  let strokes: [Stroke]

  init(_ network: ShownNetwork) {
    // The table beneath names the ends of lines, so a circle without one would have a number that nobody can look up.
    let named = Set(network.lines.flatMap { [$0.from, $0.to].compactMap(\.self) }).sorted()
    let merchants = named.filter { $0.kind == .merchant }
    let organisations = named.filter { $0.kind == .organisation }
    let circles =
      Self.ring(merchants, radius: Self.merchantRing, turn: 0, firstNumber: 1)
      + Self.ring(
        organisations, radius: Self.organisationRing,
        turn: Self.turn(of: organisations.count, beside: merchants.count), firstNumber: merchants.count + 1)
    self.circles = circles
    let places = Dictionary(circles.map { ($0.party, (x: $0.x, y: $0.y)) }) { first, _ in first }
    strokes = network.lines.compactMap { line in
      guard let from = places[line.from], let to = line.to.map({ places[$0] }) ?? Self.rim(towards: from)
      else { return nil }
      // Lines of several kinds between the same two lie beside each other.
      let shift = (Tie.Kind.allCases.firstIndex(of: line.kind) ?? 0) * 3 - 6
      return Stroke(
        from: (from.x + shift, from.y + shift), to: (to.x + shift, to.y + shift), kind: line.kind,
        band: line.band)
    }
  }

  /// Where a line to the residents ends: at the edge of their bubble, so that none runs through what is written in it.
  private static func rim(towards place: (x: Int, y: Int)) -> (x: Int, y: Int)? {
    let (x, y) = (Double(place.x - center), Double(place.y - center))
    let length = (x * x + y * y).squareRoot()
    guard length > 0 else { return nil }
    let part = Double(bubble) / length
    return (center + Int((x * part).rounded()), center + Int((y * part).rounded()))
  }

  /// How far the outer ring is turned, in steps of its own, so that nobody on it stands right behind somebody on the inner.
  private static func turn(of outer: Int, beside inner: Int) -> Double {
    guard outer > 0, inner > 0 else { return 0 }
    func distance(_ turn: Double) -> Double {
      (0..<outer).map { place in
        let angle = (Double(place) + turn) / Double(outer) * Double(inner)
        return abs(angle - angle.rounded()) / Double(inner)
      }.min() ?? 0
    }
    return stride(from: 0.0, to: 1, by: 1.0 / 24).max { distance($0) < distance($1) } ?? 0
  }

  private static func ring(
    _ parties: [Party], radius: Double, turn: Double, firstNumber: Int
  ) -> [Circle] {
    parties.enumerated().map { place, party in
      let angle = (Double(place) + turn) / Double(parties.count) * 2 * Double.pi
      return Circle(
        party: party, number: firstNumber + place, x: center + Int((radius * sin(angle)).rounded()),
        y: center - Int((radius * cos(angle)).rounded()))
    }
  }
}
