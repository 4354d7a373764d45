/// Bean curd in its many forms, eggs, and bowls.
extension DemoSketch {
  /// A block seen from above its front corner.
  private mutating func block(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ depth: Double) {
    panel([x, y, x + depth, y - depth * 0.55, x + width + depth, y - depth * 0.55, x + width, y], tint.light)
    panel(
      [
        x + width, y, x + width + depth, y - depth * 0.55, x + width + depth, y + height - depth * 0.55,
        x + width, y + height,
      ], tint.shade)
    panel([x, y, x + width, y, x + width, y + height, x, y + height], tint.base)
  }

  mutating func tofuBlock() {
    shadow(200, 238, 128, 14)
    panel([76, 218, 300, 218, 326, 234, 92, 238], "#c99a63")
    block(100, 138, 150, 80, 56)
    stroke([120, 158, 168, 157], "#ffffff", width: 5)
    dots(176, 184, 58, 26, count: 9, radius: 1.6, tint.shade)
    stroke([150, 138, 206, 108], tint.shade, width: 2)
    stroke([200, 138, 256, 108], tint.shade, width: 2)
  }

  mutating func softTofu() {
    shadow(200, 240, 112, 13)
    blob([96, 160, 118, 212, 160, 236, 240, 236, 282, 212, 304, 160], "#86b0c9")
    oval(200, 160, 106, 30, "#dbe9ee")
    blob([124, 158, 130, 120, 160, 104, 240, 104, 270, 120, 276, 158, 200, 176], tint.base)
    stroke([146, 122, 180, 116, 214, 117], "#ffffff", width: 6)
    dots(206, 128, 44, 12, count: 10, radius: 3, "#7dab57")
    stroke([128, 196, 160, 214, 200, 218], "#dbe9ee", width: 3)
  }

  mutating func driedTofu() {
    shadow(200, 238, 116, 14)
    for (x, y, turn) in [(148.0, 190.0, -9.0), (252, 192, 7), (200, 148, 2)] {
      place(x, y, turn: turn) { s in
        s.panel([-48, 30, 48, 30, 46, 42, -46, 42], s.tint.shade)
        s.panel([-48, -36, 48, -36, 49, 31, -49, 31], s.tint.base)
        s.panel([-30, -20, 30, -20, 30, 15, -30, 15], s.tint.light, ink: false)
        s.stroke([-20, -9, 0, 7, 20, -10], s.tint.shade, width: 2.5)
        s.stroke([-20, 7, 0, -9, 20, 8], s.tint.shade, width: 2.5)
      }
    }
  }

  mutating func tofuSheets() {
    shadow(200, 238, 126, 14)
    for layer in 0..<6 {
      let y = 220 - Double(layer) * 13
      let shift = random.number(-6, 6)
      panel(
        [82 + shift, y, 318 + shift, y, 294 + shift, y - 42, 108 + shift, y - 42],
        layer % 2 == 0 ? tint.base : tint.light)
    }
    blob([110, 114, 292, 112, 300, 130, 270, 146, 128, 146, 100, 132], tint.base)
    stroke([128, 122, 200, 119, 272, 122], tint.shade, width: 2.2)
    stroke([124, 133, 200, 136, 276, 132], tint.shade, width: 2.2)
  }

  mutating func tofuKnots() {
    shadow(200, 238, 118, 14)
    for (x, y, turn) in [
      (138.0, 150.0, -24.0), (252, 144, 20), (108, 206, 12), (202, 192, -6), (296, 204, 28),
    ] {
      place(x, y, turn: turn) { s in
        s.panel([-52, -17, -14, -9, -14, 10, -50, 18], s.tint.light)
        s.panel([52, -17, 14, -9, 14, 10, 50, 18], s.tint.base)
        s.blob([-18, -17, 0, -23, 18, -17, 21, 2, 16, 19, 0, 24, -17, 18, -21, 0], s.tint.base)
        s.stroke([-11, -13, 6, 0, -7, 15], s.tint.shade, width: 2.4)
      }
    }
  }

  mutating func tofuPuffs() {
    shadow(200, 238, 118, 14)
    for (x, y, turn) in [
      (146.0, 146.0, -14.0), (246, 142, 12), (104, 206, 8), (196, 200, -5), (286, 204, 14),
    ] {
      place(x, y, turn: turn) { s in
        s.blob([-40, -32, 0, -38, 40, -32, 45, 0, 40, 32, 0, 38, -40, 32, -45, 0], s.tint.base)
        s.stroke([-24, -20, 0, -25, 20, -21], s.tint.light, width: 6)
        s.dots(0, 6, 28, 20, count: 11, radius: 2.2, s.tint.shade)
      }
    }
  }

  mutating func glutenBalls() {
    shadow(200, 238, 116, 14)
    oval(200, 212, 122, 34, "#e7d3ab")
    for (x, y) in [(134.0, 182.0), (200, 188), (266, 182), (166, 138), (232, 138)] {
      oval(x, y, 38, 36, tint.base)
      stroke([x - 18, y - 14, x - 4, y - 23, x + 10, y - 21], tint.light, width: 6)
      dots(x, y + 6, 24, 18, count: 7, radius: 2.1, tint.shade)
    }
    stroke([94, 222, 200, 244, 306, 222], "#b79a6b", width: 3)
  }

  mutating func slicedRoll() {
    shadow(200, 238, 128, 14)
    place(160, 176, turn: -14) { s in
      s.blob([-84, -42, 60, -42, 74, 0, 60, 42, -84, 42, -98, 0], s.tint.base)
      for x in [-60.0, -32, -4, 26] { s.stroke([x, -41, x + 11, 0, x, 41], s.tint.shade, width: 2.4) }
      s.stroke([-70, -26, 40, -27], s.tint.light, width: 5)
    }
    for (x, y) in [(256.0, 162.0), (290, 200), (224, 208)] {
      oval(x, y, 42, 37, tint.light)
      oval(x, y, 28, 24, tint.base, ink: false)
      stroke([x - 20, y, x - 6, y - 14, x + 12, y - 4, x + 4, y + 10, x - 8, y + 5], tint.shade, width: 2.4)
    }
  }

  mutating func spongeCubes() {
    shadow(200, 238, 124, 14)
    for (x, y) in [(122.0, 122.0), (206, 116), (86, 176), (166, 174), (246, 174)] {
      block(x, y, 62, 50, 30)
      dots(x + 31, y + 25, 25, 19, count: 9, radius: 2.9, tint.shade)
    }
  }

  mutating func eggs() {
    shadow(200, 238, 130, 15)
    for (x, y) in [(150.0, 150.0), (202, 140), (254, 150)] { egg(x, y, 1) }
    blob([70, 180, 200, 196, 330, 180, 306, 226, 262, 242, 138, 242, 94, 226], "#d9b877")
    for (x, y) in [(118.0, 178.0), (174, 182), (230, 182), (284, 178)] { egg(x, y, 1) }
    blob([72, 196, 130, 206, 200, 210, 270, 206, 328, 196, 306, 228, 262, 242, 138, 242, 94, 228], "#e7cd98")
    for step in 0..<6 {
      let x = 102 + Double(step) * 38
      stroke([x, 208, x + 22, 236], "#b08a4a", width: 2.4)
      stroke([x + 22, 208, x, 236], "#b08a4a", width: 2.4)
    }
  }

  private mutating func egg(_ x: Double, _ y: Double, _ scale: Double) {
    place(x, y, turn: random.number(-14, 14), scale: scale) { s in
      s.blob([0, -42, 22, -24, 30, 8, 18, 32, 0, 38, -18, 32, -30, 8, -22, -24], s.tint.base)
      s.stroke([-14, -14, -18, 4], s.tint.light, width: 6)
    }
  }

  mutating func saltedEggs() {
    shadow(200, 238, 124, 14)
    for (x, y, turn) in [(132.0, 152.0, -18.0), (108, 206, 14), (290, 158, 24)] {
      place(x, y, turn: turn, scale: 1.12) { $0.egg(0, 0, 1) }
    }
    for (x, y) in [(206.0, 176.0), (272, 212)] {
      oval(x, y, 50, 38, tint.base, turn: -12)
      oval(x, y, 43, 31, "#fffaee", turn: -12, ink: false)
      oval(x + 3, y, 21, 19, "#ee9337")
      oval(x - 3, y - 6, 6, 4, "#fac981", ink: false)
    }
  }

  mutating func quailEggs() {
    shadow(200, 238, 120, 14)
    oval(200, 202, 128, 42, "#e7d3ab")
    oval(200, 196, 104, 30, "#d9b877", ink: false)
    for (x, y) in [(140.0, 186.0), (190, 192), (240, 190), (164, 156), (216, 154), (276, 176)] {
      place(x, y, turn: random.number(-30, 30), scale: 0.78) { s in
        s.egg(0, 0, 1)
        s.dots(0, 0, 22, 28, count: 9, radius: 3, s.tint.accent)
      }
    }
    stroke([84, 214, 200, 246, 316, 214], "#b79a6b", width: 4)
  }

  mutating func bowl() {
    shadow(200, 242, 92, 12)
    blob([92, 150, 112, 206, 160, 236, 240, 236, 288, 206, 308, 150], tint.accent)
    oval(200, 150, 110, 34, tint.light)
    oval(200, 151, 95, 26, tint.base, ink: false)
    dots(190, 150, 62, 14, count: 9, radius: 3.4, "#7dab57")
    dots(212, 150, 60, 14, count: 7, radius: 3.2, "#c98b4a")
    stroke([116, 180, 140, 208, 176, 222], tint.light, width: 4)
    for x in [160.0, 200, 240] { stroke([x, 98, x + 8, 84, x - 4, 70, x + 5, 54], "#e2cfae", width: 3.5) }
  }
}
