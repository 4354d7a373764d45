/// Fruit vegetables, beans, sprouts and mushrooms.
extension DemoSketch {
  mutating func tomatoes() {
    shadow(200, 238, 124, 15)
    for (x, y, scale) in [(142.0, 170.0, 0.94), (262, 172, 0.9), (202, 184, 1.06)] {
      place(x, y, turn: random.number(-10, 10), scale: scale) { s in
        s.blob([0, -44, 34, -50, 58, -20, 56, 18, 30, 48, -30, 48, -57, 18, -58, -20, -34, -50], s.tint.base)
        s.blob([-30, 40, 20, 36, 50, 4, 50, 22, 26, 44, -20, 46], s.tint.shade, ink: false)
        s.oval(-30, -18, 8, 13, s.tint.light, turn: 28, ink: false)
        for turn in [-160.0, -118, -62, -18, 60, 130] { s.leaf(0, -40, turn, 30, 11, s.tint.accent) }
        s.pipe([0, -42, 3, -60], s.tint.accent, width: 4)
      }
    }
  }

  mutating func cherryTomatoes() {
    shadow(200, 240, 118, 13)
    pipe([84, 108, 160, 96, 236, 104, 306, 92], tint.accent, width: 4)
    for (x, y) in [
      (108.0, 142.0), (160, 150), (212, 138), (262, 150), (300, 134), (136, 200), (190, 206), (244, 204),
    ] {
      stroke([x + 2, y - 24, x + 6, y < 170 ? 102 : y - 40], tint.accent, width: 3)
      oval(x, y, 26, 28, tint.base)
      oval(x - 9, y - 8, 5, 8, tint.light, turn: 24, ink: false)
      for turn in [-150.0, -90, -30] { leaf(x, y - 25, turn, 15, 7, tint.accent) }
    }
  }

  mutating func aubergines() {
    shadow(200, 236, 134, 14)
    for (x, y, turn) in [(196.0, 150.0, -14.0), (206, 206, 6)] {
      place(x, y, turn: turn) { s in
        s.pipe([112, -4, 132, -8, 142, -20], "#6f9a51", width: 8)
        s.blob(
          [
            -128, 6, -112, -24, -62, -33, 0, -28, 60, -20, 110, -14, 116, 10, 60, 20, 0, 32, -66, 36, -114,
            28,
          ], s.tint.base)
        s.stroke([-96, -12, -56, -20, 10, -15], s.tint.light, width: 6)
        s.blob([120, -18, 84, -23, 68, -14, 86, -7, 66, 2, 86, 8, 72, 18, 98, 18, 121, 12], "#7dab57")
      }
    }
  }

  mutating func cucumbers() {
    shadow(200, 236, 134, 14)
    for (x, y, turn) in [(190.0, 138.0, -9.0), (208, 176, 3), (194, 214, -3)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [-128, 2, -112, -17, -50, -23, 30, -22, 104, -17, 126, -2, 104, 15, 30, 20, -50, 22, -112, 18],
          s.tint.base)
        s.stroke([-102, -6, 0, -10, 104, -5], s.tint.light, width: 2.5)
        s.stroke([-104, 8, 0, 8, 100, 7], s.tint.shade, width: 2.5)
        s.dots(0, 0, 108, 17, count: 15, radius: 1.8, s.tint.light)
        s.place(-126, 2) { p in
          for turn in [150.0, 180, 210] { p.leaf(0, 0, turn, 18, 9, "#f0c95e") }
        }
      }
    }
  }

  mutating func luffas() {
    shadow(200, 236, 136, 14)
    for (y, turn) in [(146.0, -10.0), (202, 4)] {
      place(200, y, turn: turn) { s in
        s.blob(
          [-134, 4, -118, -19, -50, -20, 20, -25, 96, -33, 132, -4, 100, 29, 20, 24, -50, 20, -118, 17],
          s.tint.base)
        for lift in [-13.0, 0, 13] {
          s.stroke([-120, lift * 0.7, 0, lift, 116, lift * 1.2], s.tint.shade, width: 2.2)
        }
        s.pipe([-132, 2, -150, 0, -156, -10], s.tint.shade, width: 6)
      }
    }
  }

  mutating func peppers() {
    shadow(200, 238, 116, 14)
    for (x, y, turn) in [(142.0, 168.0, -12.0), (258, 170, 14), (200, 180, 2)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [-2, -46, -34, -50, -48, -16, -36, 32, -16, 54, 0, 44, 18, 54, 37, 30, 47, -16, 32, -50],
          s.tint.base)
        s.stroke([-6, -40, -16, 0, -8, 42], s.tint.shade, width: 2.4)
        s.stroke([10, -40, 18, 0, 8, 40], s.tint.shade, width: 2.4)
        s.stroke([-32, -28, -36, -4, -30, 18], s.tint.light, width: 6)
        s.pipe([0, -48, -3, -66, 8, -76], "#6f9a51", width: 7)
      }
    }
  }

  mutating func corn() {
    shadow(200, 236, 124, 14)
    for (x, y, turn) in [(186.0, 156.0, -52.0), (222, 184, -74)] {
      place(x, y, turn: turn) { s in
        s.leaf(0, 108, -112, 118, 44, s.tint.accent)
        s.blob([0, 104, -31, 70, -36, 0, -22, -78, 0, -108, 22, -78, 36, 0, 31, 70], s.tint.base)
        for row in 0..<4 {
          let x = Double(row) * 14 - 21
          s.stroke([x * 0.5, -84, x, -10, x * 0.9, 64], row % 2 == 0 ? s.tint.light : s.tint.shade, width: 3)
        }
        s.leaf(0, 112, -72, 112, 48, "#a3c565", vein: "#7ba549")
        s.leaf(2, 112, -96, 78, 40, "#cfdf9d")
      }
    }
  }

  /// A handful of pods lying across one another.
  private mutating func pods(
    _ places: [(x: Double, y: Double, turn: Double)], half: Double, girth: Double, seeds: Int
  ) {
    shadow(200, 236, 126, 14)
    for pod in places {
      place(pod.x, pod.y, turn: pod.turn) { s in
        s.blob(
          [
            -half, 0, -half * 0.6, -girth, 0, -girth * 0.86, half * 0.6, -girth, half, 2, half * 0.6, girth,
            0,
            girth * 0.9, -half * 0.6, girth,
          ], s.tint.base)
        for seed in 0..<seeds {
          let x = (Double(seed) - Double(seeds - 1) / 2) * half * 1.36 / Double(seeds)
          s.oval(x, 0, half * 0.5 / Double(seeds), girth * 0.62, s.tint.light, ink: false)
        }
        s.stroke([-half, 0, -half - 12, -7], s.tint.shade, width: 4)
      }
    }
  }

  mutating func edamame() {
    pods(
      [
        (132, 130, -24), (250, 124, 18), (190, 160, -6), (296, 172, 40), (110, 190, 30), (176, 212, 8),
        (258, 210, -14),
      ],
      half: 58, girth: 19, seeds: 3)
  }

  mutating func broadBeans() {
    pods([(158, 134, -20), (252, 150, 16), (140, 190, 10), (240, 208, -8)], half: 92, girth: 22, seeds: 4)
  }

  mutating func hyacinthBeans() {
    pods(
      [(126, 140, -34), (204, 122, 6), (282, 144, 32), (150, 192, 14), (238, 190, -16), (196, 222, 2)],
      half: 56, girth: 25, seeds: 4)
  }

  mutating func greenBeans() {
    shadow(200, 236, 132, 14)
    for step in 0..<9 {
      let y = 118 + Double(step) * 13
      let lean = random.number(-16, 16)
      pipe(
        [86 + lean, y + lean * 0.6, 160, y - 9, 240, y - 9, 312 + lean, y + 3 - lean * 0.6],
        step % 3 == 0 ? tint.shade : tint.base, width: 10)
      stroke([130, y - 7, 200, y - 11, 262, y - 8], tint.light, width: 2)
    }
  }

  mutating func longBeans() {
    shadow(200, 238, 140, 13)
    for step in 0..<7 {
      let y = 142 + Double(step) * 12
      let sway = random.number(-9, 9)
      pipe(
        [
          52 + sway, y - 26 + sway, 96, y - 2, 150, y + 2 - Double(step - 3) * 3, 214, y - 14, 276,
          y + 4 + sway,
          330, y - 12, 352 - sway, y - 34,
        ], step % 2 == 0 ? tint.base : tint.shade, width: 7)
    }
    panel([138, 138, 162, 136, 164, 214, 140, 216], "#d9b877")
    stroke([162, 150, 184, 138, 178, 160], "#b08a4a", width: 4)
  }

  mutating func sprouts() {
    shadow(200, 236, 128, 16)
    oval(200, 208, 124, 34, "#e7d3ab")
    for step in 0..<12 {
      let x = 116 + Double(step % 6) * 34 + random.number(-6, 6)
      place(x, step < 6 ? 178 : 206, turn: random.number(-34, 34)) { s in
        let bend = s.random.number(-9, 9)
        s.pipe([0, -58, bend, -26, 0, 8, -bend, 22], "#fbf8ea", width: 7)
        s.oval(-4, -64, 12, 8, s.tint.base, turn: -30)
        s.oval(5, -62, 9, 7, s.tint.light, turn: 26)
      }
    }
  }

  mutating func shiitake() {
    shadow(200, 238, 124, 14)
    for (x, y, scale, turn) in [(136.0, 168.0, 0.92, -8.0), (266, 172, 0.88, 10), (200, 186, 1.1, 0)] {
      place(x, y, turn: turn, scale: scale) { s in
        s.blob([-16, 2, -13, 30, -19, 50, 18, 50, 12, 30, 16, 2], s.tint.accent)
        s.blob([-66, 4, -60, -30, -24, -58, 24, -58, 60, -30, 66, 4, 30, 16, -30, 16], s.tint.base)
        s.blob([-56, 8, -28, 4, 28, 4, 56, 8, 26, 15, -26, 15], s.tint.accent, ink: false)
        s.stroke([-26, -40, 0, -30, 22, -42], s.tint.light, width: 4)
        s.stroke([-4, -48, 2, -14], s.tint.light, width: 4)
        s.stroke([-40, -20, -26, -12], s.tint.light, width: 3)
        s.stroke([40, -20, 28, -12], s.tint.light, width: 3)
      }
    }
  }

  mutating func oysterMushrooms() {
    shadow(200, 240, 96, 14)
    for (x, y, rx, turn) in [
      (134.0, 126.0, 46.0, -22.0), (264, 122, 48, 20), (200, 98, 52, 0), (154, 172, 40, -16),
      (246, 174, 42, 16),
      (200, 158, 46, 2),
    ] {
      pipe([200, 232, (200 + x) / 2, 206, x, y + 8], tint.light, width: 15)
      place(x, y, turn: turn) { s in
        s.blob(
          [-rx, 6, -rx * 0.7, -22, 0, -30, rx * 0.72, -22, rx, 8, rx * 0.3, 14, 0, 22, -rx * 0.34, 14],
          s.tint.base)
        s.stroke([-rx * 0.6, -6, 0, -17, rx * 0.5, -9], s.tint.light, width: 4)
        s.stroke([-rx * 0.4, 8, 0, 14, rx * 0.4, 8], s.tint.shade, width: 2)
      }
    }
  }

  mutating func enoki() {
    shadow(200, 242, 74, 12)
    for step in 0..<13 {
      let lean = (Double(step) - 6) * 11
      let top = 78 + abs(lean) * 0.32 + random.number(-8, 12)
      pipe([200 + lean * 0.5, 238, 200 + lean * 0.6, 170, 200 + lean * 1.1, top + 8], tint.light, width: 5)
      oval(200 + lean * 1.1, top, 12, 9, tint.base)
    }
    panel([158, 208, 242, 208, 238, 244, 162, 244], tint.shade)
  }
}
