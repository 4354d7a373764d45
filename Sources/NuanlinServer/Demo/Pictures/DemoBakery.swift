/// Bread, steamed buns, sweet pastry, dumplings and noodles.
extension DemoSketch {
  mutating func loaf() {
    shadow(200, 238, 132, 14)
    blob([92, 226, 88, 150, 76, 120, 108, 92, 200, 84, 286, 90, 320, 116, 308, 150, 306, 226], tint.base)
    blob([92, 226, 88, 150, 76, 120, 98, 98, 138, 92, 158, 118, 148, 150, 148, 228], tint.light)
    blob([102, 216, 100, 150, 92, 122, 116, 106, 138, 118, 134, 150, 136, 218], "#fbf1dd", ink: false)
    for x in [196.0, 240, 282] { stroke([x, 92, x + 12, 112, x + 4, 130], tint.shade, width: 3) }
    dots(118, 170, 13, 40, count: 9, radius: 2, tint.light)
    stroke([172, 108, 220, 101, 270, 106], tint.light, width: 5)
  }

  mutating func roundBread() {
    shadow(200, 238, 118, 14)
    blob(
      [84, 200, 88, 148, 136, 108, 200, 98, 266, 108, 312, 150, 316, 200, 276, 228, 200, 236, 124, 228],
      tint.base)
    for (x, lean) in [(148.0, -14.0), (200, 0), (252, 14)] {
      blob(
        [x - 5, 120 + abs(lean), x + 11, 128 + abs(lean), x + 11 + lean, 200, x - 7 + lean, 198], tint.light)
    }
    dots(200, 164, 92, 48, count: 26, radius: 1.9, "#fbf1dd")
    dots(200, 180, 80, 34, count: 7, radius: 4.5, tint.accent)
  }

  mutating func baguettes() {
    shadow(200, 240, 104, 13)
    for (x, turn) in [(156.0, -12.0), (248, 14), (202, 2)] {
      place(x, 136, turn: turn) { s in
        s.blob([0, -102, 20, -84, 26, 0, 20, 84, 0, 102, -20, 84, -26, 0, -20, -84], s.tint.base)
        for y in [-66.0, -34, -2, 30, 60] {
          s.blob([-13, y + 8, 10, y - 11, 15, y - 3, -8, y + 15], s.tint.light, ink: false)
        }
      }
    }
    panel([122, 160, 284, 158, 276, 240, 130, 242], tint.accent)
    stroke([136, 178, 270, 176], "#fbf1dd", width: 3)
  }

  /// A bamboo steamer with its lid off; what is steamed is drawn by `content`.
  private mutating func steamer(_ content: (inout DemoSketch) -> Void) {
    shadow(200, 242, 126, 12)
    panel([76, 186, 324, 186, 318, 236, 82, 236], "#dcb878")
    stroke([80, 200, 200, 204, 320, 200], "#b08a4a", width: 3)
    stroke([82, 226, 200, 230, 318, 226], "#b08a4a", width: 3)
    oval(200, 184, 125, 34, "#c99a63")
    oval(200, 182, 111, 26, "#efdcae", ink: false)
    content(&self)
    for x in [150.0, 206, 256] { stroke([x, 84, x + 8, 68, x - 5, 54, x + 4, 36], "#e2cfae", width: 3.5) }
  }

  mutating func buns() {
    steamer { s in
      for (x, y) in [(148.0, 150.0), (252, 150), (200, 168)] {
        s.blob(
          [
            x - 50, y + 12, x - 38, y - 26, x, y - 44, x + 38, y - 26, x + 50, y + 12, x + 30, y + 28, x - 30,
            y + 28,
          ], s.tint.base)
        for lean in [-22.0, -8, 8, 22] {
          s.stroke([x, y - 40, x + lean * 0.6, y - 26, x + lean, y - 8], s.tint.shade, width: 2.2)
        }
        s.oval(x, y - 39, 5, 4, s.tint.accent)
        s.stroke([x - 36, y - 4, x - 32, y - 16], s.tint.light, width: 5)
      }
    }
  }

  mutating func plainBuns() {
    steamer { s in
      for (x, y) in [(148.0, 152.0), (252, 152), (200, 168)] {
        s.blob(
          [
            x - 48, y + 20, x - 44, y - 18, x - 18, y - 36, x + 18, y - 36, x + 44, y - 18, x + 48, y + 20, x,
            y + 28,
          ], s.tint.base)
        s.stroke([x - 30, y - 10, x - 20, y - 23, x - 2, y - 27], s.tint.light, width: 6)
        s.stroke([x + 38, y, x + 32, y + 16], s.tint.shade, width: 4)
      }
    }
  }

  mutating func twistedRolls() {
    steamer { s in
      for (x, y, turn) in [(146.0, 152.0, -6.0), (254, 152, 8), (200, 168, 0)] {
        s.place(x, y, turn: turn) { p in
          p.oval(-24, 6, 28, 24, p.tint.base)
          p.oval(24, 6, 28, 24, p.tint.base)
          p.oval(0, -6, 29, 27, p.tint.base)
          for lift in [-20.0, -7, 6] {
            p.stroke([-22, lift, 0, lift - 7, 22, lift], p.tint.shade, width: 2.2)
          }
          p.dots(0, 0, 38, 19, count: 10, radius: 2.5, p.tint.accent)
        }
      }
    }
  }

  mutating func greenBalls() {
    shadow(200, 238, 120, 14)
    oval(200, 212, 130, 32, "#fbf8f0")
    oval(200, 209, 108, 22, "#d5e3bd", ink: false)
    for (x, y) in [(144.0, 182.0), (256, 182), (200, 190), (172, 136), (230, 136)] {
      oval(x, y, 36, 33, tint.base)
      oval(x - 12, y - 12, 10, 6, tint.light, turn: -28, ink: false)
    }
  }

  mutating func mooncakes() {
    shadow(200, 238, 124, 14)
    for (x, y) in [(140.0, 156.0), (256, 152), (200, 198), (302, 206), (100, 208)] {
      blob([x - 44, y - 2, x - 42, y + 18, x, y + 31, x + 42, y + 18, x + 44, y - 2], tint.shade)
      oval(x, y - 4, 45, 27, tint.base)
      oval(x, y - 5, 29, 15, tint.light, ink: false)
      oval(x, y - 5, 9, 5, tint.accent, ink: false)
    }
  }

  mutating func palmiers() {
    shadow(200, 238, 122, 14)
    for (x, y, turn) in [(142.0, 152.0, -14.0), (258, 150, 12), (200, 196, 0)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [
            0, 38, -28, 24, -54, 10, -58, -20, -34, -38, -8, -26, 0, -8, 8, -26, 34, -38, 58, -20, 54, 10, 28,
            24,
          ], s.tint.base)
        s.stroke([0, 30, -30, 12, -44, -6, -36, -24, -20, -20, -12, -2, -4, 16], s.tint.shade, width: 2.6)
        s.stroke([0, 30, 30, 12, 44, -6, 36, -24, 20, -20, 12, -2, 4, 16], s.tint.shade, width: 2.6)
        s.dots(0, 0, 42, 22, count: 12, radius: 1.7, "#fffaee")
      }
    }
  }

  mutating func spongeCakes() {
    shadow(200, 238, 122, 14)
    for (x, y) in [(152.0, 132.0), (248, 132), (108, 192), (200, 192), (292, 192)] {
      panel([x - 37, y - 4, x + 37, y - 4, x + 27, y + 40, x - 27, y + 40], tint.accent)
      for step in 0..<3 {
        stroke([x - 18 + Double(step) * 18, y + 2, x - 14 + Double(step) * 14, y + 37], "#fbf1dd", width: 2)
      }
      blob([x - 43, y - 4, x - 30, y - 32, x, y - 42, x + 30, y - 32, x + 43, y - 4, x, y + 5], tint.base)
      stroke([x - 22, y - 22, x - 4, y - 31], tint.light, width: 5)
      stroke([x - 8, y - 17, x + 7, y - 24, x + 16, y - 15], tint.shade, width: 2.4)
    }
  }

  mutating func riceCakes() {
    shadow(200, 236, 128, 14)
    for (y, turn) in [(134.0, -6.0), (170, 2), (206, -3)] {
      place(200, y, turn: turn) { s in
        s.blob([-116, -14, 100, -15, 120, 0, 102, 16, -114, 17, -126, 1], s.tint.base)
        s.oval(114, 0, 15, 17, s.tint.light)
        s.oval(115, 0, 7, 8, s.tint.accent, ink: false)
        s.stroke([-92, -6, 60, -8], s.tint.light, width: 4)
        s.dots(-6, 0, 92, 9, count: 8, radius: 2.2, "#ecb94a")
      }
    }
  }

  mutating func dumplings() {
    shadow(200, 238, 126, 14)
    oval(200, 206, 136, 38, "#fbf8f0")
    for (x, y, turn) in [(140.0, 150.0, -10.0), (254, 146, 8), (108, 200, 4), (202, 194, -4), (294, 198, 8)] {
      place(x, y, turn: turn) { s in
        s.blob([-52, 18, -40, -14, -16, -31, 0, -34, 16, -31, 40, -14, 52, 18, 26, 30, -26, 30], s.tint.base)
        s.blob([-46, 16, 0, 8, 46, 16, 24, 26, -24, 26], s.tint.light, ink: false)
        for x in [-26.0, -10, 6, 22] {
          s.stroke([x, -22 + abs(x) * 0.2, x + 4, -8, x, 4], s.tint.shade, width: 2.2)
        }
      }
    }
  }

  mutating func wontons() {
    shadow(200, 238, 126, 14)
    panel([70, 190, 330, 186, 316, 238, 86, 240], "#dcb878")
    for (x, y, turn) in [(140.0, 150.0, -8.0), (256, 146, 8), (106, 200, 6), (200, 194, -4), (296, 198, 4)] {
      place(x, y, turn: turn) { s in
        s.blob([-28, 0, -30, -26, 0, -38, 30, -26, 28, 0], s.tint.base)
        s.blob([-50, 10, -40, -8, -18, -6, 0, -14, 18, -6, 40, -8, 50, 10, 26, 30, -26, 30], s.tint.base)
        s.oval(0, 10, 21, 13, s.tint.accent, ink: false)
        s.stroke([-34, 0, -20, 10, -22, 20], s.tint.shade, width: 2.4)
        s.stroke([34, 0, 20, 10, 22, 20], s.tint.shade, width: 2.4)
        s.stroke([-18, -24, 0, -29, 16, -25], s.tint.light, width: 4)
      }
    }
  }

  mutating func freshNoodles() {
    shadow(200, 238, 124, 14)
    oval(200, 210, 128, 34, "#d9b877")
    for (x, y) in [(150.0, 176.0), (250, 178), (200, 146)] {
      oval(x, y, 60, 39, tint.base)
      for ring in 0..<4 {
        let r = 50 - Double(ring) * 12
        stroke(
          [
            x - r, y + 3, x - r * 0.5, y - r * 0.52, x + r * 0.6, y - r * 0.48, x + r, y + 5, x + r * 0.3,
            y + r * 0.5,
          ], ring % 2 == 0 ? tint.shade : tint.light, width: 3)
      }
    }
    dots(200, 216, 100, 16, count: 12, radius: 1.6, "#fffaee")
  }
}
