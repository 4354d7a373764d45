/// The paper, the light and the table under a drawing; chosen by seed, so that neighbouring products differ.
extension DemoSketch {
  private static let papers = ["#fbf5e9", "#faf3ec", "#f8f5ea", "#fbf4ee", "#f7f4ee"]
  private static let washes = [
    "#f3e3c3", "#f0dccd", "#dfe6cf", "#d6e4e0", "#e9dfe4", "#f4dfb4", "#dbe2ea", "#ecdcc0",
  ]

  /// Paper and setting. Draw it first; things then stand on a line at about y = 238.
  mutating func setting() {
    let paper = random.pick(Self.papers) ?? "#fbf5e9"
    let wash = random.pick(Self.washes) ?? "#f3e3c3"
    let second = random.pick(Self.washes.filter { $0 != wash }) ?? "#dfe6cf"
    panel([-5, -5, 405, -5, 405, 305, -5, 305], paper, ink: false)
    switch random.integer(in: 0...4) {
    case 0: washOnly(wash)
    case 1: table(wash, second)
    case 2: cloth(wash, second)
    case 3: sunAndSprig(wash)
    default: window(wash, second)
    }
  }

  private mutating func washOnly(_ wash: String) {
    oval(204, 150, 168, 118, wash, turn: random.number(-8, 8), ink: false)
    dots(200, 150, 190, 135, count: 14, radius: 1.6, "#e2cfae")
  }

  private mutating func table(_ wash: String, _ second: String) {
    panel([-5, 206, 405, 200, 405, 305, -5, 305], wash, ink: false)
    oval(random.number(90, 310), 96, 70, 58, second, ink: false)
    stroke([18, 262, 120, 265, 180, 262], "#fffaf0", width: 2)
    stroke([240, 278, 330, 275, 384, 279], "#fffaf0", width: 2)
  }

  private mutating func cloth(_ wash: String, _ second: String) {
    panel([-5, 196, 405, 190, 405, 305, -5, 305], second, ink: false)
    for x in stride(from: 8.0, to: 400, by: 44) {
      stroke([x, 196, x - 6 + random.number(-3, 3), 305], "#fffaf0", width: 9)
    }
    stroke([-5, 250, 200, 248, 405, 251], wash, width: 7)
  }

  private mutating func sunAndSprig(_ wash: String) {
    oval(200, 146, 122, 116, wash, ink: false)
    let left = random.chance(perMille: 500)
    place(left ? 34 : 366, 40, turn: left ? 28 : 152, scale: 0.9) { s in
      s.stroke([-40, 0, 0, 4, 46, 0], "#a98f6d", width: 2.5)
      for step in 0..<3 {
        let x = Double(step) * 24 - 20
        s.leaf(x, 2, -48, 28, 12, "#b7c79a")
        s.dots(x + 10, 12, 7, 5, count: 4, radius: 3, "#e8b44c")
      }
    }
  }

  private mutating func window(_ wash: String, _ second: String) {
    panel([46, 22, 356, 16, 360, 214, 42, 218], wash, ink: false)
    stroke([201, 18, 200, 216], "#fffaf0", width: 7)
    stroke([44, 112, 200, 109, 358, 111], "#fffaf0", width: 7)
    panel([-5, 224, 405, 218, 405, 305, -5, 305], second, ink: false)
  }

  /// The soft shadow on which a thing stands.
  mutating func shadow(_ x: Double = 200, _ y: Double = 240, _ rx: Double = 110, _ ry: Double = 15) {
    oval(x, y, rx, ry, "#d8c3a2", ink: false)
  }
}
