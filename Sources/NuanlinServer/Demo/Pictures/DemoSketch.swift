import Foundation

/// The colours of one drawing: the body of the thing, its shaded side, its light, and a second colour for
/// leaf, label or filling.
struct DemoTint: Sendable, Hashable {
  let base: String
  let shade: String
  let light: String
  let accent: String
}

/// A sheet of paper, 400 by 300, on which shapes are drawn with a slightly unsteady hand.
///
/// Everything that is drawn becomes SVG elements with presentation attributes only, so the picture passes a
/// strict content security policy. Coordinates are whole numbers, which keeps a picture under 6 KB.
struct DemoSketch {
  /// The colour of the contour line: warm brown, softer on the eye than black.
  static let line = "#5d4a3f"

  var random: DemoRandom
  let tint: DemoTint
  private(set) var elements = ""
  private var frame = Frame()

  init(seed: String, tint: DemoTint) {
    random = DemoRandom(key: seed)
    self.tint = tint
  }

  /// Where the pen is: shift, turn and scale of what is drawn next.
  private struct Frame {
    var x = 0.0
    var y = 0.0
    var cosine = 1.0
    var sine = 0.0

    func point(_ px: Double, _ py: Double) -> DemoPath.Point {
      (x + px * cosine - py * sine, y + px * sine + py * cosine)
    }
  }

  /// Draws with the origin moved to (x, y), turned by `turn` degrees clockwise, and scaled.
  mutating func place(
    _ x: Double, _ y: Double, turn: Double = 0, scale: Double = 1, _ draw: (inout DemoSketch) -> Void
  ) {
    let outer = frame
    let origin = outer.point(x, y)
    let angle = turn * .pi / 180
    frame = Frame(
      x: origin.x, y: origin.y,
      cosine: scale * (outer.cosine * cos(angle) - outer.sine * sin(angle)),
      sine: scale * (outer.sine * cos(angle) + outer.cosine * sin(angle)))
    draw(&self)
    frame = outer
  }

  /// A closed smooth shape through the points, given as x, y, x, y …
  mutating func blob(_ points: [Double], _ fill: String, ink: Bool = true, wobble: Double = 1.5) {
    add(closedPath(points, wobble: wobble), fill: fill, ink: ink)
  }

  /// A wobbly ellipse around (x, y), turned by `turn` degrees.
  mutating func oval(
    _ x: Double, _ y: Double, _ rx: Double, _ ry: Double, _ fill: String, turn: Double = 0, ink: Bool = true
  ) {
    let size = max(rx, ry)
    let count = size < 14 ? 4 : (size < 40 ? 6 : 8)
    let start = random.number(0, 1)
    let slant = turn * .pi / 180
    var points: [Double] = []
    for step in 0..<count {
      let angle = (Double(step) + start) / Double(count) * 2 * .pi
      let px = rx * cos(angle)
      let py = ry * sin(angle)
      points += [x + px * cos(slant) - py * sin(slant), y + px * sin(slant) + py * cos(slant)]
    }
    blob(points, fill, ink: ink, wobble: min(2.2, size * 0.035))
  }

  /// A closed shape with straight, slightly bowed edges and softened corners.
  mutating func panel(_ corners: [Double], _ fill: String, ink: Bool = true) {
    let corners = jittered(corners, wobble: 1.2)
    guard let first = corners.first else { return }
    var path = DemoPath(first)
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      path.edge(
        bowed: (
          (corner.x + next.x) / 2 + random.number(-1.6, 1.6),
          (corner.y + next.y) / 2 + random.number(-1.6, 1.6)
        ),
        next)
    }
    add(path.text + "z", fill: fill, ink: ink)
  }

  /// An upright rectangle as a panel: left, top, width, height.
  mutating func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String, ink: Bool = true
  ) {
    panel([x, y, x + width, y, x + width, y + height, x, y + height], fill, ink: ink)
  }

  /// An open stroke through the points.
  mutating func stroke(_ points: [Double], _ color: String = line, width: Double = 2.5) {
    let points = jittered(points, wobble: 0.8)
    guard let first = points.first else { return }
    var path = DemoPath(first)
    for index in 1..<max(1, points.count) {
      path.span(
        from: points[max(0, index - 2)], points[max(0, index - 1)], points[index],
        towards: points[min(points.count - 1, index + 1)])
    }
    elements +=
      "<path d=\"\(path.text)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(Self.short(width))\"/>\n"
  }

  /// A stalk, strap or handle with a contour on both sides.
  mutating func pipe(_ points: [Double], _ color: String, width: Double) {
    let hand = random
    stroke(points, Self.line, width: width + 5)
    random = hand
    stroke(points, color, width: width)
  }

  /// A leaf from its foot (x, y) in the direction `turn` (0 right, -90 up), with a vein.
  mutating func leaf(
    _ x: Double, _ y: Double, _ turn: Double, _ length: Double, _ width: Double, _ fill: String,
    vein: String? = nil
  ) {
    place(x, y, turn: turn) { s in
      s.blob(
        [
          0, 0, length * 0.3, -width * 0.46, length * 0.68, -width * 0.42, length, 0, length * 0.66,
          width * 0.44, length * 0.28, width * 0.42,
        ], fill)
      if let vein {
        s.stroke([0, 0, length * 0.45, -1, length * 0.82, 0], vein, width: max(1.6, width * 0.07))
      }
    }
  }

  /// Small dots scattered inside an ellipse.
  mutating func dots(
    _ x: Double, _ y: Double, _ rx: Double, _ ry: Double, count: Int, radius: Double, _ color: String
  ) {
    var path = DemoPath()
    for _ in 0..<count {
      let angle = random.number(0, 2 * .pi)
      let reach = random.number(0, 1).squareRoot()
      path.dot(frame.point(x + rx * reach * cos(angle), y + ry * reach * sin(angle)))
    }
    let width = Self.short(radius * 2 * (frame.cosine * frame.cosine + frame.sine * frame.sine).squareRoot())
    elements += "<path d=\"\(path.text)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(width)\"/>\n"
  }

  // MARK: - Writing paths

  private mutating func jittered(_ coordinates: [Double], wobble: Double) -> [DemoPath.Point] {
    stride(from: 0, to: coordinates.count - 1, by: 2).map { index in
      let point = frame.point(coordinates[index], coordinates[index + 1])
      return (point.x + random.number(-wobble, wobble), point.y + random.number(-wobble, wobble))
    }
  }

  private mutating func closedPath(_ coordinates: [Double], wobble: Double) -> String {
    let points = jittered(coordinates, wobble: wobble)
    guard let first = points.first else { return "" }
    let count = points.count
    var path = DemoPath(first)
    for index in 0..<count {
      path.span(
        from: points[(index + count - 1) % count], points[index], points[(index + 1) % count],
        towards: points[(index + 2) % count])
    }
    return path.text + "z"
  }

  private mutating func add(_ path: String, fill: String, ink: Bool) {
    elements += "<path d=\"\(path)\" fill=\"\(fill)\"\(ink ? "" : " stroke=\"none\"")/>\n"
  }

  private static func short(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
