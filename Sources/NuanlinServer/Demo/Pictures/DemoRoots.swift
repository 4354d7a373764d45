/// Roots, bulbs, squashes and water vegetables.
extension DemoSketch {
  mutating func whiteRadish() {
    shadow(200, 236, 134, 14)
    for (x, y, turn, scale) in [(214.0, 158.0, 8.0, 0.95), (196, 206, -4, 1.08)] {
      place(x, y, turn: turn, scale: scale) { s in
        for lean in [-34.0, -12, 12, 34] { s.leaf(-88, 0, 180 + lean, 56, 20, "#7dab57", vein: "#5a8a42") }
        s.blob(
          [-94, -2, -88, -26, -40, -31, 30, -25, 84, -10, 124, 4, 80, 12, 28, 26, -42, 31, -88, 24],
          s.tint.base)
        s.blob([-94, 0, -90, -22, -64, -26, -62, 24, -88, 22], s.tint.accent, ink: false)
        s.stroke([-30, -14, 20, -14, 52, -8], s.tint.light, width: 5)
        s.stroke([10, 14, 22, 13], s.tint.shade, width: 2)
        s.stroke([-36, 17, -22, 18], s.tint.shade, width: 2)
      }
    }
  }

  mutating func carrots() {
    shadow(200, 238, 124, 13)
    for (x, turn) in [(128.0, 16.0), (164, 6), (272, -16), (236, -7), (200, 1)] {
      place(x, 120, turn: turn) { s in
        for lean in [-30.0, 0, 30] { s.leaf(0, 4, -90 + lean, 62, 17, s.tint.accent) }
        s.blob([0, -6, -21, 2, -18, 50, -8, 98, 1, 122, 9, 96, 18, 50, 21, 2], s.tint.base)
        s.stroke([-13, 24, -3, 26], s.tint.shade, width: 2)
        s.stroke([4, 52, 13, 50], s.tint.shade, width: 2)
        s.stroke([-9, 74, -1, 75], s.tint.shade, width: 2)
      }
    }
  }

  mutating func roundRadishes() {
    shadow(200, 240, 104, 13)
    for (x, y, turn) in [(138.0, 176.0, -18.0), (264, 176, 16), (172, 202, -6), (230, 204, 8), (200, 164, 0)]
    {
      place(x, y, turn: turn) { s in
        for lean in [-26.0, 0, 26] { s.leaf(0, -24, -90 + lean, 72, 26, "#7dab57", vein: "#5a8a42") }
        s.blob([0, -30, -29, -16, -30, 12, -8, 28, 0, 44, 8, 28, 30, 12, 29, -16], s.tint.base)
        s.oval(-11, -6, 6, 9, s.tint.light, turn: 20, ink: false)
      }
    }
  }

  /// A heap of rounded roots; `mark` draws what distinguishes one kind from another.
  private mutating func heap(_ rx: Double, _ ry: Double, _ mark: (inout DemoSketch) -> Void) {
    shadow(200, 240, 122, 16)
    for (x, y) in [(150.0, 146.0), (248, 148), (108, 206), (294, 206), (200, 208)] {
      place(x, y, turn: random.number(-24, 24), scale: random.number(0.92, 1.08)) { s in
        s.blob(
          [
            -rx, 2, -rx * 0.72, -ry * 0.82, 0, -ry, rx * 0.78, -ry * 0.74, rx, 4, rx * 0.7, ry * 0.84, 0,
            ry * 0.94,
            -rx * 0.74, ry * 0.8,
          ], s.tint.base, wobble: 3.4)
        s.blob(
          [
            -rx * 0.6, ry * 0.5, 0, ry * 0.68, rx * 0.72, ry * 0.42, rx * 0.6, ry * 0.74, 0, ry * 0.88,
            -rx * 0.56,
            ry * 0.72,
          ], s.tint.shade, ink: false)
        mark(&s)
      }
    }
  }

  mutating func potatoes() {
    heap(50, 37) { s in
      s.dots(0, -4, 34, 22, count: 7, radius: 2, s.tint.shade)
      s.stroke([-20, -12, -10, -15], s.tint.light, width: 4)
    }
  }

  mutating func taro() {
    heap(43, 41) { s in
      for step in 0..<4 {
        let y = Double(step) * 15 - 24
        s.stroke([-33 + abs(y) * 0.2, y, 0, y + 7, 33 - abs(y) * 0.2, y], s.tint.shade, width: 2)
      }
      s.stroke([-8, -40, 0, -52, 6, -41], s.tint.accent, width: 5)
    }
  }

  mutating func waterChestnuts() {
    heap(39, 30) { s in
      s.stroke([-36, 3, 0, 9, 36, 3], s.tint.light, width: 2.4)
      s.leaf(0, -24, -90, 18, 11, s.tint.light)
      s.oval(-15, -11, 8, 5, s.tint.light, turn: -20, ink: false)
    }
  }

  mutating func sweetPotatoes() {
    shadow(200, 238, 130, 14)
    for (x, y, turn) in [(160.0, 158.0, -24.0), (240, 164, 20), (204, 210, -3)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [-104, 6, -74, -14, -26, -31, 30, -30, 74, -12, 104, 4, 70, 20, 18, 31, -34, 28, -78, 16],
          s.tint.base)
        s.stroke([-52, -10, -12, -18, 16, -17], s.tint.light, width: 5)
        s.stroke([10, 12, 26, 10], s.tint.shade, width: 2)
        s.stroke([46, -6, 58, -4], s.tint.shade, width: 2)
        s.stroke([-44, 10, -32, 12], s.tint.shade, width: 2)
      }
    }
  }

  mutating func yams() {
    shadow(200, 234, 146, 13)
    for (y, turn) in [(150.0, -5.0), (182, 3), (214, -1)] {
      place(200, y, turn: turn) { s in
        s.blob(
          [-142, 0, -128, -14, -40, -17, 60, -15, 130, -13, 140, 1, 128, 14, 50, 16, -50, 17, -130, 13],
          s.tint.base)
        s.dots(0, 0, 122, 11, count: 16, radius: 1.6, s.tint.shade)
        s.oval(136, 0, 8, 13, s.tint.light)
      }
    }
  }

  mutating func onions() {
    shadow(200, 238, 122, 15)
    for (x, y, scale) in [(140.0, 176.0, 0.98), (262, 178, 0.94), (200, 190, 1.08)] {
      place(x, y, scale: scale) { s in
        s.stroke([0, -42, -4, -64], s.tint.shade, width: 6)
        s.stroke([0, -42, 7, -60], s.tint.shade, width: 5)
        s.blob(
          [0, -54, -18, -40, -52, -18, -54, 18, -28, 44, 0, 49, 28, 44, 54, 18, 52, -18, 18, -40], s.tint.base
        )
        s.stroke([-6, -44, -33, -4, -16, 40], s.tint.shade, width: 2)
        s.stroke([4, -44, 14, 0, 6, 44], s.tint.shade, width: 2)
        s.stroke([8, -42, 40, -2, 26, 36], s.tint.shade, width: 2)
        s.stroke([-34, -14, -40, 4, -36, 18], s.tint.light, width: 5)
        s.stroke([-8, 49, -10, 56], "#b79a6b", width: 2)
        s.stroke([6, 49, 9, 56], "#b79a6b", width: 2)
      }
    }
  }

  mutating func garlic() {
    shadow(200, 238, 118, 14)
    for (x, y, scale) in [(138.0, 178.0, 0.96), (262, 180, 0.92), (200, 188, 1.1)] {
      place(x, y, scale: scale) { s in
        s.pipe([0, -36, -3, -58, 4, -78], s.tint.base, width: 9)
        s.blob([0, -46, -28, -26, -47, 6, -36, 38, 0, 46, 36, 38, 47, 6, 28, -26], s.tint.base)
        s.stroke([-3, -42, -30, -4, -18, 38], s.tint.shade, width: 2.2)
        s.stroke([3, -42, 26, -2, 17, 38], s.tint.shade, width: 2.2)
        s.stroke([0, -38, 0, 42], s.tint.accent, width: 2)
      }
    }
  }

  mutating func ginger() {
    shadow(200, 230, 124, 14)
    blob(
      [
        92, 196, 98, 168, 136, 160, 148, 122, 176, 108, 192, 132, 190, 156, 226, 152, 240, 112, 268, 98, 286,
        122,
        268, 160, 304, 166, 316, 196, 288, 220, 236, 216, 200, 226, 150, 216, 112, 222,
      ], tint.base)
    for line in [
      [116.0, 170, 122, 192, 118, 214], [150, 162, 168, 172, 190, 162], [158, 128, 174, 136, 188, 132],
      [222, 158, 240, 170, 264, 162], [246, 118, 262, 128, 280, 122], [290, 172, 286, 196, 292, 214],
    ] { stroke(line, tint.shade, width: 2.2) }
    oval(176, 110, 11, 8, tint.light, turn: -20)
    oval(270, 101, 12, 8, tint.light, turn: 20)
    stroke([132, 196, 170, 200, 200, 196], tint.light, width: 5)
  }

  mutating func pumpkin() {
    shadow(200, 238, 114, 15)
    for (x, rx, fill) in [
      (128.0, 42.0, tint.shade), (272, 42, tint.shade), (158, 46, tint.base), (242, 46, tint.base),
      (200, 46, tint.base),
    ] { oval(x, 170, rx, x == 200 ? 68 : 62, fill) }
    stroke([184, 124, 176, 164, 182, 208], tint.light, width: 6)
    pipe([200, 106, 198, 88, 212, 72], "#8a9f4d", width: 10)
    leaf(206, 98, -14, 62, 40, "#7dab57", vein: "#5a8a42")
  }

  mutating func longSquash() {
    shadow(200, 236, 128, 15)
    place(200, 170, turn: -12) { s in
      s.blob(
        [-124, 2, -104, -40, -30, -56, 50, -54, 108, -36, 126, 2, 104, 40, 34, 56, -40, 54, -104, 38],
        s.tint.base)
      s.stroke([-90, -22, 0, -34, 90, -20], s.tint.light, width: 5)
      s.stroke([-100, 6, 0, 2, 104, 8], s.tint.shade, width: 2.4)
      s.stroke([-84, 30, 0, 34, 84, 28], s.tint.shade, width: 2.4)
      s.pipe([-122, 0, -140, -6, -146, -18], "#8a9f4d", width: 8)
    }
  }

  mutating func winterMelon() {
    shadow(200, 238, 118, 15)
    panel([112, 96, 222, 82, 226, 236, 116, 238], tint.base)
    oval(222, 160, 46, 78, tint.light)
    oval(222, 160, 32, 58, "#fbfbf0", ink: false)
    oval(222, 160, 13, 30, "#efe9cf", ink: false)
    dots(222, 160, 11, 28, count: 9, radius: 3.2, "#d9b877")
    dots(150, 168, 28, 60, count: 22, radius: 2, tint.shade)
    stroke([128, 108, 126, 170, 130, 224], tint.accent, width: 5)
  }

  mutating func lotusRoot() {
    shadow(200, 236, 134, 14)
    place(186, 148, turn: -10) { s in
      s.blob([-122, 0, -104, -28, -62, -33, -30, -13, -30, 13, -62, 33, -104, 28], s.tint.base)
      s.blob([-34, 0, -22, -25, 22, -34, 62, -23, 72, 0, 62, 24, 22, 34, -22, 25], s.tint.base)
      s.pipe([72, 0, 96, -6, 112, 4], s.tint.base, width: 13)
      s.stroke([-96, -14, -66, -19], s.tint.light, width: 6)
      s.stroke([-4, -17, 36, -20], s.tint.light, width: 6)
      s.stroke([-32, -16, -35, 0, -32, 16], s.tint.shade, width: 5)
    }
    for (x, y, r) in [(278.0, 196.0, 47.0), (180, 216, 34)] {
      oval(x, y, r, r * 0.84, tint.light)
      for step in 0..<7 {
        place(x, y, turn: Double(step) * 51.4, scale: r / 47) {
          $0.oval(0, -24, 6.5, 9, $0.tint.shade, ink: false)
        }
      }
      oval(x, y, r * 0.15, r * 0.13, tint.shade, ink: false)
    }
  }

  mutating func waterBamboo() {
    shadow(200, 238, 122, 13)
    for (x, turn) in [(128.0, -13.0), (272, 13), (164, -6), (236, 7), (200, 0)] {
      place(x, 236, turn: turn) { s in
        s.leaf(-2, -76, -104, 104, 22, s.tint.base, vein: s.tint.shade)
        s.leaf(3, -76, -78, 96, 22, s.tint.shade)
        s.blob([0, 3, -15, -4, -21, -52, -12, -96, 0, -122, 12, -96, 21, -52, 15, -4], s.tint.light)
        s.blob([0, 3, -15, -4, -21, -44, -4, -30], s.tint.base)
        s.stroke([6, -20, 9, -58, 4, -94], s.tint.base, width: 2)
      }
    }
  }

  mutating func waterCaltrops() {
    shadow(200, 236, 126, 15)
    for (x, y, turn) in [(138.0, 142.0, -8.0), (252, 138, 10), (106, 204, 6), (204, 196, -5), (300, 204, 4)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [-52, -27, -36, -7, -26, 21, 0, 29, 26, 21, 36, -7, 52, -27, 22, -21, 0, -13, -22, -21], s.tint.base
        )
        s.stroke([-34, -14, 0, 2, 34, -14], s.tint.light, width: 3)
        s.stroke([-14, 16, 0, 19, 14, 16], s.tint.shade, width: 2.5)
      }
    }
  }

  mutating func bambooShoots() {
    shadow(200, 238, 116, 14)
    for (x, y, turn, scale) in [(138.0, 238.0, -13.0, 0.95), (268, 238, 14, 0.92), (202, 242, 1, 1.12)] {
      place(x, y, turn: turn, scale: scale) { s in
        s.blob([0, 2, -40, -2, -44, -40, -26, -96, 0, -146, 26, -96, 44, -40, 40, -2], s.tint.base)
        s.blob([-40, -2, -44, -40, -4, -66, 12, -22, 6, 0], s.tint.shade)
        s.blob([40, -4, 44, -44, 24, -100, 6, -76, 10, -30], s.tint.light)
        s.stroke([-28, -90, 0, -116, 14, -112], s.tint.shade, width: 2.5)
        s.leaf(0, -138, -76, 26, 11, "#a3c565")
      }
    }
  }
}
