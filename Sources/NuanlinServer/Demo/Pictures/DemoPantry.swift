/// What comes in bags, bottles, jars and cartons. Labels carry a small drawing, never letters.
extension DemoSketch {
  /// A label with a frame and a small sprig.
  private mutating func label(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    box(x, y, width, height, "#fbf6e6")
    let middle = x + width / 2
    let foot = y + height - 9
    stroke([middle, foot, middle + 1, y + 10], tint.accent, width: 2.6)
    for lift in [0.28, 0.56] {
      leaf(middle, foot - height * lift, -142, width * 0.26, width * 0.13, tint.accent)
      leaf(middle, foot - height * lift, -38, width * 0.26, width * 0.13, tint.accent)
    }
    oval(middle, y + 13, width * 0.1, width * 0.1, tint.base)
  }

  mutating func riceBag() {
    shadow(200, 242, 116, 13)
    blob(
      [112, 232, 100, 160, 116, 92, 132, 76, 200, 84, 268, 76, 284, 92, 300, 160, 288, 232, 200, 240],
      tint.base)
    panel([124, 58, 276, 58, 270, 88, 130, 88], tint.shade)
    stroke([134, 74, 266, 74], "#fffaee", width: 2.6)
    label(150, 116, 100, 88)
    stroke([118, 116, 112, 160, 118, 208], tint.light, width: 6)
    oval(318, 238, 42, 15, "#fffaee")
    dots(318, 236, 33, 8, count: 17, radius: 2.3, "#e6dcc0")
  }

  mutating func sack() {
    shadow(200, 242, 98, 13)
    blob([130, 236, 118, 180, 130, 116, 152, 98, 248, 98, 270, 116, 282, 180, 270, 236, 200, 242], tint.base)
    blob([150, 98, 138, 62, 166, 72, 184, 54, 202, 70, 222, 54, 236, 72, 262, 62, 250, 98], tint.light)
    stroke([148, 99, 200, 106, 252, 99], tint.accent, width: 6)
    label(158, 132, 84, 78)
    stroke([136, 136, 130, 180, 137, 216], tint.light, width: 5)
  }

  mutating func pouch() {
    shadow(200, 242, 92, 12)
    panel([132, 62, 268, 62, 276, 236, 124, 236], tint.base)
    panel([132, 62, 268, 62, 268, 84, 132, 84], tint.shade)
    stroke([138, 73, 262, 73], tint.light, width: 2)
    oval(200, 158, 52, 50, "#fbf6e6")
    leaf(176, 182, -62, 60, 26, tint.accent, vein: tint.light)
    leaf(224, 182, -118, 60, 26, tint.accent, vein: tint.light)
    oval(200, 142, 13, 12, tint.base)
    stroke([146, 100, 142, 160, 142, 220], tint.light, width: 5)
  }

  mutating func seedPouch() {
    pouch()
    oval(294, 234, 52, 17, "#e7d3ab")
    for step in 0..<8 { oval(262 + Double(step % 4) * 21, 226 + Double(step / 4) * 11, 10, 8, tint.light) }
  }

  mutating func driedNoodles() {
    shadow(200, 240, 128, 13)
    for (y, turn) in [(150.0, -9.0), (200, 3)] {
      place(200, y, turn: turn) { s in
        s.panel([-128, -23, 128, -23, 128, 24, -128, 24], s.tint.base)
        for lift in [-15.0, -7, 1, 9, 17] { s.stroke([-126, lift, 126, lift], s.tint.shade, width: 1.8) }
        s.panel([-66, -27, 66, -27, 66, 28, -66, 28], s.tint.accent)
        s.oval(0, 0, 32, 19, "#fbf6e6")
        s.leaf(-16, 5, -14, 33, 13, s.tint.accent)
      }
    }
  }

  mutating func oilBottle() {
    shadow(200, 244, 78, 11)
    panel([182, 34, 218, 34, 220, 60, 180, 60], tint.accent)
    blob(
      [
        184, 60, 216, 60, 222, 84, 256, 108, 262, 150, 258, 232, 200, 242, 142, 232, 138, 150, 144, 108, 178,
        84,
      ], tint.base)
    blob([148, 122, 176, 102, 190, 98, 186, 150, 170, 232, 150, 228, 146, 160], tint.light, ink: false)
    pipe([238, 104, 276, 104, 276, 156, 256, 164], tint.shade, width: 9)
    label(160, 138, 80, 76)
  }

  mutating func sauceBottle() {
    shadow(200, 246, 60, 10)
    panel([184, 26, 216, 26, 217, 52, 183, 52], tint.accent)
    blob(
      [
        186, 52, 214, 52, 218, 92, 246, 122, 248, 180, 246, 238, 200, 245, 154, 238, 152, 180, 154, 122, 182,
        92,
      ], tint.base)
    stroke([164, 132, 162, 180, 164, 222], tint.light, width: 6)
    stroke([192, 62, 191, 86], tint.light, width: 4)
    label(168, 144, 66, 74)
  }

  mutating func milkBottle() {
    shadow(200, 246, 66, 10)
    panel([178, 44, 222, 44, 224, 68, 176, 68], tint.accent)
    blob([180, 68, 220, 68, 226, 92, 246, 122, 248, 232, 200, 243, 152, 232, 154, 122, 174, 92], tint.base)
    stroke([166, 130, 164, 180, 166, 218], tint.light, width: 7)
    oval(204, 172, 29, 27, tint.accent)
    oval(199, 167, 11, 9, "#fffaee", ink: false)
    for (x, r) in [(284.0, 25.0), (312, 17)] { oval(x, 238, r, r * 0.42, tint.shade) }
  }

  mutating func milkCarton() {
    shadow(206, 244, 86, 11)
    panel([146, 106, 172, 62, 250, 58, 232, 104], tint.light)
    panel([232, 104, 250, 58, 284, 92, 284, 98], tint.shade)
    panel([168, 48, 252, 44, 252, 62, 170, 66], tint.accent)
    panel([232, 104, 284, 96, 282, 226, 234, 242], tint.shade)
    panel([146, 106, 232, 104, 234, 242, 148, 240], tint.base)
    blob([147, 196, 172, 184, 202, 198, 233, 186, 234, 240, 148, 239], tint.accent, ink: false)
    oval(186, 148, 25, 22, "#f0f4d2")
    leaf(186, 162, -118, 26, 12, "#7dab57")
    leaf(186, 162, -62, 26, 12, "#7dab57")
  }

  mutating func yoghurtCups() {
    shadow(200, 240, 116, 13)
    for (x, y) in [(138.0, 156.0), (262, 156), (200, 178)] {
      panel([x - 42, y - 38, x + 42, y - 38, x + 33, y + 56, x - 33, y + 56], tint.base)
      oval(x, y - 39, 46, 15, tint.accent)
      stroke([x - 24, y - 42, x, y - 46, x + 20, y - 43], tint.light, width: 4)
      oval(x, y + 10, 21, 20, tint.light)
      leaf(x - 2, y + 22, -70, 26, 14, tint.accent)
    }
  }

  mutating func jar() {
    shadow(200, 244, 84, 12)
    panel([144, 62, 256, 62, 258, 96, 142, 96], tint.accent)
    stroke([150, 74, 250, 73], "#fbf6e6", width: 2.4)
    blob([150, 96, 250, 96, 268, 124, 270, 200, 254, 238, 146, 238, 130, 200, 132, 124], tint.base)
    blob([142, 124, 162, 112, 160, 180, 156, 228, 146, 206], tint.light, ink: false)
    label(166, 136, 72, 74)
  }

  mutating func honeyJar() {
    jar()
    pipe([292, 90, 318, 160, 330, 206], "#c99a63", width: 6)
    for step in 0..<4 { oval(324 + Double(step) * 3, 196 + Double(step) * 10, 20, 7, tint.base, turn: -14) }
    stroke([338, 236, 339, 246], tint.base, width: 5)
    for step in 0..<3 {
      dots(82 + Double(step) * 14, 120 + Double(step) * 44, 15, 12, count: 5, radius: 4, "#f0c25e")
    }
  }

  mutating func fruitJar() {
    shadow(200, 244, 84, 12)
    panel([144, 54, 256, 54, 258, 84, 142, 84], tint.accent)
    blob([150, 84, 250, 84, 268, 110, 270, 200, 254, 238, 146, 238, 130, 200, 132, 110], "#fbf1d2")
    for (x, y, turn) in [
      (164.0, 128.0, -20.0), (228, 124, 30), (160, 176, 14), (236, 172, -24), (196, 214, 4), (198, 150, 60),
    ] {
      place(x, y, turn: turn, scale: 0.94) { s in
        s.blob([-34, 6, -18, -21, 14, -24, 36, -4, 22, 12, 0, 4, -18, 16], s.tint.base)
        s.stroke([-16, -9, 8, -14], s.tint.light, width: 4)
      }
    }
    stroke([146, 116, 143, 170, 148, 216], "#fffaee", width: 7)
  }

  mutating func pickleJar() {
    shadow(200, 244, 92, 12)
    oval(200, 84, 44, 18, tint.shade)
    oval(200, 74, 15, 11, tint.shade)
    blob(
      [158, 90, 242, 90, 280, 130, 288, 178, 258, 226, 236, 240, 164, 240, 142, 226, 112, 178, 120, 130],
      tint.base)
    stroke([128, 144, 200, 154, 272, 144], tint.light, width: 4)
    stroke([132, 200, 200, 212, 268, 200], tint.light, width: 4)
    oval(200, 176, 29, 27, "#fbf6e6")
    leaf(182, 188, -40, 46, 18, "#7dab57", vein: "#5a8a42")
    stroke([136, 124, 126, 160], tint.light, width: 7)
  }

  mutating func teaTin() {
    shadow(206, 240, 116, 13)
    panel([128, 96, 232, 96, 234, 232, 126, 232], tint.base)
    oval(180, 98, 54, 14, tint.light)
    panel([126, 70, 234, 70, 234, 98, 126, 98], tint.shade)
    oval(180, 70, 54, 14, tint.shade)
    label(144, 126, 72, 78)
    stroke([134, 112, 132, 170, 134, 220], tint.light, width: 4)
    blob([256, 188, 262, 224, 284, 238, 314, 238, 334, 224, 340, 188], "#fbf8f0")
    oval(298, 188, 43, 13, "#c8c973")
    for x in [284.0, 306] { stroke([x, 164, x + 7, 150, x - 4, 138, x + 4, 122], "#e2cfae", width: 3) }
    leaf(296, 190, -24, 25, 10, "#5a8a42")
  }

  mutating func crystals() {
    pouch()
    for (x, y, r) in [(288.0, 226.0, 21.0), (320, 232, 16), (308, 208, 14), (94, 230, 19), (72, 238, 12)] {
      panel(
        [x - r, y, x - r * 0.4, y - r, x + r * 0.7, y - r * 0.8, x + r, y + r * 0.3, x, y + r * 0.8],
        "#fdf3dc")
      stroke([x - r * 0.4, y - r, x, y - r * 0.1, x + r, y + r * 0.3], "#e0c68f", width: 2)
    }
  }
}
