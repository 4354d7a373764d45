/// Things for the home, flowers and the mixed box.
extension DemoSketch {
  mutating func detergent() {
    shadow(200, 246, 66, 10)
    pipe([200, 62, 200, 40, 236, 40], tint.accent, width: 11)
    panel([182, 60, 218, 60, 222, 88, 178, 88], tint.accent)
    blob([176, 88, 224, 88, 252, 118, 258, 180, 250, 236, 200, 245, 150, 236, 142, 180, 148, 118], tint.base)
    oval(200, 172, 36, 42, "#fbf6e6")
    leaf(182, 194, -52, 52, 22, "#7dab57", vein: "#5a8a42")
    oval(214, 158, 9, 9, "#f0c25e")
    stroke([158, 132, 154, 176, 160, 220], tint.light, width: 6)
    for (x, y, r) in [(292.0, 130.0, 17.0), (318, 92, 11), (284, 84, 8), (104, 112, 12)] {
      oval(x, y, r, r, "#fffdf6")
      stroke([x - r * 0.4, y - r * 0.3, x, y - r * 0.6], tint.light, width: 2.5)
    }
  }

  mutating func laundryJug() {
    shadow(200, 246, 88, 11)
    panel([146, 54, 196, 54, 200, 82, 142, 82], tint.accent)
    blob([140, 82, 204, 82, 252, 96, 282, 132, 284, 228, 240, 244, 150, 242, 120, 226, 122, 128], tint.base)
    blob([216, 122, 250, 126, 258, 156, 250, 188, 218, 176], "#fbf5e9")
    oval(166, 184, 33, 35, "#fbf6e6")
    stroke([144, 176, 158, 168, 172, 178, 188, 170], tint.base, width: 4)
    stroke([144, 194, 158, 186, 172, 196, 188, 188], tint.base, width: 4)
    stroke([132, 128, 128, 150], tint.light, width: 6)
  }

  mutating func tissueBox() {
    shadow(200, 242, 126, 12)
    blob([166, 130, 150, 84, 178, 96, 196, 56, 214, 90, 246, 74, 240, 130], "#fffdf6")
    stroke([182, 124, 186, 100, 196, 84], "#ddd8cb", width: 2.4)
    stroke([216, 122, 222, 104], "#ddd8cb", width: 2.4)
    panel([84, 152, 126, 118, 322, 118, 292, 152], tint.light)
    oval(206, 134, 62, 10, tint.shade)
    blob([170, 135, 176, 112, 234, 110, 238, 134], "#fffdf6", ink: false)
    panel([292, 152, 322, 118, 322, 206, 292, 240], tint.shade)
    panel([84, 152, 292, 152, 292, 240, 84, 240], tint.base)
    for x in [122.0, 172, 222, 266] { flowerHead(x, 196 + random.number(-12, 12), 13, tint.accent) }
  }

  private mutating func flowerHead(_ x: Double, _ y: Double, _ radius: Double, _ color: String) {
    for step in 0..<5 {
      place(x, y, turn: Double(step) * 72) {
        $0.oval(0, -radius * 0.8, radius * 0.55, radius * 0.7, color, ink: radius > 16)
      }
    }
    oval(x, y, radius * 0.4, radius * 0.4, "#f0c25e", ink: radius > 16)
  }

  mutating func paperRolls() {
    shadow(200, 242, 116, 12)
    for (x, y) in [(146.0, 180.0), (254, 180), (200, 108)] {
      blob([x - 48, y - 28, x + 48, y - 28, x + 49, y + 48, x, y + 59, x - 49, y + 48], tint.base)
      oval(x, y - 28, 49, 19, tint.light)
      oval(x, y - 28, 16, 6, "#c99a63")
      stroke([x - 30, y + 2, x - 30, y + 42], tint.shade, width: 2)
      dots(x + 8, y + 18, 28, 20, count: 8, radius: 2, tint.accent)
    }
  }

  mutating func towels() {
    shadow(200, 242, 124, 12)
    for (y, fill, stripe) in [
      (210.0, tint.shade, tint.light), (170, tint.base, "#fffaee"), (130, tint.light, tint.accent),
    ] {
      blob(
        [
          88, y - 10, 104, y - 20, 300, y - 20, 318, y - 6, 316, y + 16, 300, y + 24, 104, y + 24, 86, y + 12,
        ], fill)
      stroke([270, y - 18, 272, y + 22], stripe, width: 6)
      stroke([284, y - 18, 286, y + 22], stripe, width: 3)
      stroke([96, y + 2, 240, y + 3], DemoSketch.line, width: 1.8)
    }
  }

  mutating func brush() {
    shadow(200, 238, 128, 13)
    place(200, 160, turn: -20) { s in
      s.pipe([20, -6, 90, -12, 148, -8], s.tint.base, width: 17)
      s.oval(142, -9, 4, 4, "#fbf5e9")
      for step in 0..<11 {
        let x = Double(step) * 11 - 112
        s.pipe([x, 6, x - 2, 54], step % 2 == 0 ? s.tint.light : s.tint.accent, width: 6)
      }
      s.blob([-126, -12, -60, -27, 20, -22, 34, 0, 10, 18, -110, 18, -128, 6], s.tint.base)
      s.stroke([-100, -7, -40, -13, 6, -10], s.tint.light, width: 5)
    }
  }

  mutating func soap() {
    shadow(200, 238, 122, 13)
    panel([90, 186, 128, 160, 322, 160, 296, 186], "#d9b877")
    panel([90, 186, 296, 186, 294, 224, 92, 224], "#c99a63")
    for (x, y) in [(166.0, 156.0), (240, 138)] {
      blob(
        [
          x - 66, y - 10, x - 44, y - 31, x + 44, y - 31, x + 66, y - 10, x + 64, y + 20, x + 42, y + 34,
          x - 42, y + 34, x - 64, y + 20,
        ], tint.base)
      oval(x, y - 6, 43, 16, tint.light, ink: false)
      leaf(x - 18, y, -14, 38, 14, tint.accent)
    }
    for (x, y, r) in [(306.0, 92.0, 14.0), (108, 104, 17), (134, 80, 9)] { oval(x, y, r, r, "#fffdf6") }
  }

  mutating func binBags() {
    shadow(200, 242, 110, 12)
    blob(
      [116, 234, 104, 180, 132, 128, 176, 112, 224, 112, 268, 128, 296, 180, 284, 234, 200, 242], tint.base)
    blob([180, 112, 162, 76, 184, 88, 200, 66, 216, 88, 238, 76, 220, 112], tint.base)
    stroke([178, 112, 200, 119, 222, 112], tint.accent, width: 6)
    stroke([140, 146, 126, 180, 132, 212], tint.light, width: 6)
    stroke([190, 128, 182, 170, 188, 214], tint.shade, width: 2.4)
    stroke([228, 130, 246, 176, 240, 216], tint.shade, width: 2.4)
  }

  mutating func flowers() {
    shadow(200, 246, 62, 10)
    for (x, y) in [(136.0, 104.0), (176, 74), (224, 72), (264, 104), (158, 132), (242, 132), (200, 112)] {
      stroke([x, y, 200 + (x - 200) * 0.3, 196], "#6f9a51", width: 3.5)
    }
    leaf(190, 166, -150, 74, 26, "#7dab57", vein: "#5a8a42")
    leaf(210, 166, -30, 74, 26, "#7dab57", vein: "#5a8a42")
    for (index, spot) in [
      (136.0, 104.0), (264, 104), (176, 74), (224, 72), (158, 134), (242, 134), (200, 112),
    ].enumerated() {
      oval(spot.0, spot.1, 25, 24, index % 3 == 1 ? tint.light : tint.base)
      oval(spot.0, spot.1, 15, 14, tint.shade, ink: false)
      stroke(
        [spot.0 - 8, spot.1, spot.0, spot.1 - 7, spot.0 + 7, spot.1 + 1, spot.0, spot.1 + 6], tint.light,
        width: 2.4)
    }
    blob([146, 156, 254, 156, 226, 240, 200, 247, 174, 240], "#f3e3c3")
    stroke([164, 176, 200, 186, 238, 174], tint.base, width: 6)
  }

  mutating func produceBox() {
    shadow(200, 244, 132, 12)
    leaf(132, 160, -122, 96, 44, "#7dab57", vein: "#d5e3bd")
    leaf(140, 160, -86, 104, 46, "#5a8a42", vein: "#d5e3bd")
    pipe([184, 160, 194, 84], "#f0f4d2", width: 12)
    leaf(194, 92, -104, 44, 26, "#a3c565")
    leaf(194, 92, -60, 44, 26, "#a3c565")
    oval(230, 146, 31, 30, tint.accent)
    oval(278, 146, 36, 34, "#ecb94a")
    blob([240, 150, 252, 96, 266, 82, 280, 98, 284, 150], "#7b5587")
    panel([84, 158, 316, 158, 304, 240, 96, 240], tint.base)
    for y in [184.0, 212] { stroke([90, y, 200, y + 2, 310, y], tint.shade, width: 3) }
    for x in [128.0, 200, 272] { stroke([x, 160, x + 1, 238], tint.shade, width: 3) }
    stroke([96, 170, 304, 169], tint.light, width: 4)
  }

  mutating func lightBulbs() {
    shadow(200, 244, 96, 11)
    for (x, y, turn) in [(150.0, 142.0, -12.0), (256, 146, 14)] {
      place(x, y, turn: turn) { s in
        s.blob([0, -72, 40, -50, 50, -8, 26, 36, -26, 36, -50, -8, -40, -50], s.tint.light)
        s.stroke([-12, 32, -8, -6, 0, 10, 8, -6, 12, 32], s.tint.accent, width: 3.4)
        s.panel([-25, 36, 25, 36, 20, 76, -20, 76], s.tint.shade)
        for y in [48.0, 60] { s.stroke([-22, y, 22, y + 2], "#fffaee", width: 2.4) }
        for turn in [-50.0, 0, 50] {
          s.place(0, -14, turn: turn) { $0.stroke([0, -70, 0, -84], "#ecb94a", width: 4) }
        }
      }
    }
  }

  mutating func slippers() {
    shadow(200, 240, 118, 13)
    for (x, turn) in [(150.0, -8.0), (252, 8)] {
      place(x, 152, turn: turn) { s in
        s.blob([0, -82, 36, -64, 42, -10, 33, 66, 0, 84, -33, 66, -42, -10, -36, -64], s.tint.light)
        s.blob([0, 66, -24, 54, -28, 16, 28, 16, 24, 54], s.tint.shade, ink: false)
        s.blob([0, -85, 40, -66, 46, -16, 40, 6, 0, -6, -40, 6, -46, -16, -40, -66], s.tint.base)
        s.stroke([-40, 0, 0, -10, 40, 0], "#fffaee", width: 8)
        s.flowerHead(0, -44, 14, s.tint.accent)
      }
    }
  }
}
