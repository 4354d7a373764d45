/// The `d` attribute of one SVG path, written with relative commands and whole numbers so that it stays short.
struct DemoPath {
  typealias Point = (x: Double, y: Double)

  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var curving = false

  init() {}

  init(_ start: Point) {
    move(to: start)
  }

  /// A dot: a stroke so short that only its round ends are seen.
  mutating func dot(_ point: Point) {
    move(to: point)
    text += "h0"
  }

  /// A straight edge that bows slightly.
  mutating func edge(bowed middle: Point, _ end: Point) {
    text += "q"
    write(middle)
    write(end, separated: true)
    arrive(end)
  }

  /// One span of a Catmull-Rom spline as a cubic Bézier, from `start` to `end`. The first control point of each
  /// later span mirrors the second of the span before, which is what the short command `s` means.
  mutating func span(from before: Point, _ start: Point, _ end: Point, towards after: Point) {
    if curving {
      text += "s"
    } else {
      text += "c"
      write((start.x + (end.x - before.x) / 6, start.y + (end.y - before.y) / 6))
    }
    write((end.x - (after.x - start.x) / 6, end.y - (after.y - start.y) / 6), separated: !curving)
    write(end, separated: true)
    arrive(end)
    curving = true
  }

  private mutating func move(to point: Point) {
    text += text.isEmpty ? "M" : "m"
    write(point)
    arrive(point)
    curving = false
  }

  private mutating func arrive(_ point: Point) {
    x = Int(point.x.rounded())
    y = Int(point.y.rounded())
  }

  private mutating func write(_ point: Point, separated: Bool = false) {
    let across = Int(point.x.rounded()) - x
    let down = Int(point.y.rounded()) - y
    text += separated && across >= 0 ? " \(across)" : "\(across)"
    text += down >= 0 ? " \(down)" : "\(down)"
  }
}
