/// Fruit, by the piece and by the punnet.
extension DemoSketch {
  /// A short stalk with a leaf at its side.
  private mutating func stalk(_ x: Double, _ y: Double, leafTurn: Double = -24) {
    pipe([x, y, x + 3, y - 20], "#8a6244", width: 4)
    leaf(x + 3, y - 12, leafTurn, 36, 20, tint.accent, vein: "#5a8a42")
  }

  mutating func apples() {
    shadow(200, 238, 118, 15)
    for (x, y, scale) in [(138.0, 174.0, 0.92), (264, 176, 0.9), (200, 180, 1.1)] {
      place(x, y, turn: random.number(-8, 8), scale: scale) { s in
        s.blob(
          [
            0, -38, 26, -50, 54, -34, 57, 6, 38, 44, 12, 54, 0, 49, -12, 54, -38, 44, -57, 6, -54, -34, -26,
            -50,
          ], s.tint.base)
        s.blob([20, -34, 50, -24, 50, 8, 32, 40, 14, 46, 34, 16], s.tint.shade, ink: false)
        s.oval(-32, -18, 9, 15, s.tint.light, turn: 24, ink: false)
        s.dots(-6, 8, 26, 24, count: 7, radius: 1.4, s.tint.light)
        s.stroke([-14, -40, 0, -32, 14, -41], s.tint.shade, width: 3)
        s.stalk(0, -34)
      }
    }
  }

  mutating func citrus() {
    shadow(200, 238, 124, 15)
    for (x, y) in [(140.0, 158.0), (128, 200), (266, 160)] {
      oval(x, y, 45, 42, tint.base)
      dots(x, y, 30, 28, count: 10, radius: 1.5, tint.shade)
      oval(x - 16, y - 15, 8, 6, tint.light, turn: -30, ink: false)
    }
    stalk(140, 118)
    stalk(266, 120, leafTurn: -150)
    oval(232, 194, 50, 48, tint.base)
    oval(232, 194, 42, 40, tint.light, ink: false)
    for step in 0..<8 {
      place(232, 194, turn: Double(step) * 45) { s in
        s.blob([-2, -7, -12, -28, -7, -36, 7, -36, 12, -28, 2, -7], s.tint.base, ink: false)
      }
    }
  }

  mutating func pomelo() {
    shadow(200, 238, 116, 15)
    blob(
      [164, 72, 196, 74, 232, 118, 252, 180, 224, 228, 164, 238, 100, 222, 82, 172, 104, 112, 132, 80],
      tint.base)
    dots(158, 166, 56, 58, count: 26, radius: 1.7, tint.shade)
    stroke([112, 142, 102, 172, 110, 202], tint.light, width: 7)
    stalk(150, 76)
    oval(274, 190, 58, 48, "#fbf6e6", turn: -14)
    for step in 0..<7 {
      place(274, 190, turn: Double(step) * 51.4 + 8) { s in
        s.blob([-2, -7, -14, -28, -7, -37, 7, -37, 14, -28, 2, -7], s.tint.light)
      }
    }
  }

  mutating func pears() {
    shadow(200, 238, 116, 15)
    for (x, y, turn, scale) in [(138.0, 174.0, -9.0, 0.92), (264, 174, 10, 0.92), (200, 178, 1, 1.08)] {
      place(x, y, turn: turn, scale: scale) { s in
        s.blob(
          [
            0, -72, 19, -62, 27, -30, 50, 4, 52, 36, 26, 58, 0, 55, -26, 58, -52, 36, -50, 4, -27, -30, -19,
            -62,
          ], s.tint.base)
        s.blob([22, -26, 44, 8, 44, 36, 20, 52, 30, 20], s.tint.shade, ink: false)
        s.stroke([-24, -10, -37, 12, -34, 30], s.tint.light, width: 7)
        s.dots(0, 20, 32, 26, count: 12, radius: 1.4, s.tint.shade)
        s.pipe([0, -70, -3, -88, 6, -98], "#8a6244", width: 4)
      }
    }
  }

  mutating func grapes() {
    shadow(200, 246, 70, 10)
    pipe([200, 70, 204, 44, 226, 34], "#8a6244", width: 6)
    leaf(206, 58, 14, 82, 60, tint.accent, vein: "#5a8a42")
    leaf(196, 58, 172, 56, 42, tint.accent, vein: "#5a8a42")
    for row in 0..<5 {
      let count = [4, 5, 4, 3, 2][row]
      for step in 0..<count {
        let x = 200 + (Double(step) - Double(count - 1) / 2) * 38 + random.number(-3, 3)
        let y = 92 + Double(row) * 32 + random.number(-3, 3)
        oval(x, y, 21, 22, (step + row) % 3 == 0 ? tint.shade : tint.base)
        oval(x - 7, y - 7, 4, 6, tint.light, turn: 26, ink: false)
      }
    }
  }

  mutating func strawberries() {
    shadow(200, 238, 120, 14)
    for (x, y, turn) in [(136.0, 160.0, -14.0), (262, 156, 16), (200, 146, 2), (164, 202, -4), (236, 204, 8)]
    {
      place(x, y, turn: turn) { s in
        s.blob([0, 45, -22, 28, -38, -4, -28, -30, 0, -35, 28, -30, 38, -4, 22, 28], s.tint.base)
        s.dots(0, 2, 25, 25, count: 9, radius: 1.8, "#fae2a0")
        for turn in [-168.0, -124, -56, -12] { s.leaf(0, -31, turn, 26, 13, s.tint.accent) }
      }
    }
  }

  mutating func watermelon() {
    shadow(200, 238, 132, 15)
    oval(156, 154, 92, 82, "#6b9a58")
    for x in [-58.0, -26, 4, 36, 64] {
      stroke(
        [156 + x * 0.4, 78, 156 + x - 6, 118, 156 + x + 5, 154, 156 + x - 5, 192, 156 + x * 0.4, 232],
        "#39643f", width: 8)
    }
    pipe([152, 74, 158, 54, 176, 52], "#6f9a51", width: 6)
    blob([164, 222, 196, 172, 258, 130, 346, 140, 352, 186, 312, 232, 236, 246], "#6b9a58")
    blob([178, 218, 206, 178, 262, 142, 336, 150, 338, 184, 302, 220, 236, 232], "#f5f1d8", ink: false)
    blob([188, 214, 212, 182, 264, 150, 328, 157, 327, 184, 296, 210, 236, 222], tint.base, ink: false)
    for (x, y) in [(226.0, 198.0), (252, 176), (258, 204), (284, 188), (290, 168), (308, 182)] {
      leaf(x, y, -50, 10, 7, "#4b2f2a")
    }
  }

  mutating func peaches() {
    shadow(200, 238, 118, 15)
    for (x, y, turn) in [(140.0, 172.0, -10.0), (262, 174, 12), (200, 184, 0)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [2, 54, -30, 44, -54, 12, -48, -24, -22, -44, 0, -40, 24, -46, 50, -22, 53, 12, 30, 44], s.tint.base
        )
        s.blob([-40, 20, -46, -14, -22, -36, -4, -24, -14, 14, -26, 36], s.tint.shade, ink: false)
        s.stroke([0, -40, 13, 0, 4, 50], s.tint.shade, width: 2.6)
        s.oval(30, -18, 8, 11, s.tint.light, turn: -20, ink: false)
        s.leaf(0, -40, -28, 48, 22, s.tint.accent, vein: "#5a8a42")
        s.leaf(0, -40, -152, 40, 19, s.tint.accent)
      }
    }
  }

  mutating func kiwi() {
    shadow(200, 238, 128, 14)
    for (x, y, turn) in [(134.0, 148.0, -18.0), (118, 204, 8), (252, 140, 22)] {
      oval(x, y, 52, 40, "#a67f52", turn: turn)
      dots(x, y, 38, 26, count: 18, radius: 1.3, "#7d5c39")
    }
    for (x, y) in [(206.0, 198.0), (294, 196)] {
      oval(x, y, 48, 44, "#a67f52")
      oval(x, y, 42, 38, tint.base, ink: false)
      oval(x, y, 17, 14, tint.light, ink: false)
      for step in 0..<14 {
        place(x, y, turn: Double(step) * 25.7) { $0.dots(0, -22, 1, 2, count: 1, radius: 2.2, "#40352a") }
      }
    }
  }

  mutating func persimmons() {
    shadow(200, 238, 124, 15)
    for (x, y, scale) in [(142.0, 182.0, 0.95), (262, 184, 0.92), (202, 160, 1.0)] {
      place(x, y, scale: scale) { s in
        s.blob([0, -34, 38, -40, 63, -10, 55, 30, 20, 48, -20, 48, -55, 30, -63, -10, -38, -40], s.tint.base)
        s.blob([-30, 40, 26, 36, 54, 8, 48, 30, 18, 44], s.tint.shade, ink: false)
        s.oval(-36, -12, 9, 13, s.tint.light, turn: 30, ink: false)
        for turn in [-172.0, -140, -40, -8] { s.leaf(0, -33, turn, 38, 21, "#8a9f4d") }
        s.pipe([0, -36, 2, -50], "#8a6244", width: 6)
      }
    }
  }

  mutating func bananas() {
    shadow(200, 238, 122, 14)
    for step in 0..<4 {
      let drop = Double(step) * 18
      blob(
        [
          252, 80, 262 - drop * 0.2, 122 + drop * 0.2, 236 - drop, 166 + drop * 0.5, 170 - drop,
          184 + drop * 0.7,
          104 - drop * 0.4, 172 + drop * 0.7, 96 - drop * 0.4, 184 + drop * 0.75, 150 - drop * 0.8,
          214 + drop * 0.5,
          222 - drop * 0.6, 206 + drop * 0.5, 278 - drop * 0.3, 160 + drop * 0.3, 278, 84,
        ], step % 2 == 0 ? tint.base : tint.light)
      stroke(
        [
          260 - drop * 0.4, 142 + drop * 0.3, 222 - drop, 186 + drop * 0.5, 150 - drop * 0.7,
          198 + drop * 0.6,
        ], tint.shade, width: 2.2)
    }
    panel([248, 62, 282, 64, 280, 94, 250, 92], "#8a6244")
  }

  mutating func bayberries() {
    shadow(200, 238, 116, 14)
    for (x, y) in [(152.0, 140.0), (206, 128), (258, 144), (124, 196), (178, 196), (232, 198), (286, 196)] {
      oval(x, y, 34, 33, tint.base)
      dots(x, y, 26, 25, count: 13, radius: 3.1, tint.shade)
      dots(x - 8, y - 9, 14, 12, count: 4, radius: 2.2, tint.light)
    }
    leaf(206, 98, -160, 74, 25, tint.accent, vein: "#5a8a42")
    leaf(208, 98, -24, 78, 26, tint.accent, vein: "#5a8a42")
  }

  mutating func jujubes() {
    shadow(200, 238, 116, 14)
    oval(200, 206, 124, 38, "#e7d3ab")
    for step in 0..<10 {
      let x = 128 + Double(step % 5) * 37 + random.number(-6, 6)
      let y = step < 5 ? 156.0 : 192
      oval(
        x, y + random.number(-8, 8), 21, 26, step % 3 == 1 ? tint.accent : tint.base,
        turn: random.number(-30, 30))
      oval(x - 6, y - 8, 4, 7, tint.light, turn: 20, ink: false)
    }
    stroke([104, 220, 200, 238, 296, 220], "#b79a6b", width: 3)
  }
}
