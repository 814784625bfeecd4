use super::*;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
        .collect()
}

fn written(mode: Mode, fill: impl for<'o> FnOnce(Fields<'o>) -> Fields<'o>) -> Vec<u8> {
    let mut out = Vec::new();
    write_message(mode, &mut out, fill);
    match mode {
        Mode::Json => {
            assert_eq!(out.pop(), Some(b'\n'));
            out
        }
        Mode::Advanced => out.split_off(4),
    }
}

fn newconn(m: Fields<'_>) -> Fields<'_> {
    m.text("cmd", "NODE_HANDLE")
        .text("type", "net.Native")
        .object("msg", |m| {
            m.text("cmd", "NODE_CLUSTER")
                .text("act", "newconn")
                .text("key", "null:0:4:undefined:0")
                .number("seq", 300)
        })
}

#[test]
fn json_reads_as_node_writes_it() {
    let head = Head::read(
        Mode::Json,
        br#"{"cmd":"NODE_CLUSTER","ack":1,"accepted":true,"seq":3,"data":{"x":[1,{}]},"errno":null}"#,
    )
    .unwrap();
    assert_eq!(head.cmd.as_deref(), Some("NODE_CLUSTER"));
    assert_eq!((head.ack, head.accepted, head.seq), (Some(1.0), Some(true), Some(3.0)));
    assert!(head.cluster().is_some());
    assert!(!head.carries_handle());
}

#[test]
fn both_formats_say_the_same() {
    for mode in [Mode::Json, Mode::Advanced] {
        let bytes = written(mode, newconn);
        let head = Head::read(mode, &bytes).unwrap();
        assert!(head.carries_handle());
        assert_eq!(head.handle_type.as_deref(), Some("net.Native"));
        let inner = head.cluster().unwrap();
        assert_eq!(inner.act.as_deref(), Some("newconn"));
        assert_eq!(inner.key.as_deref(), Some("null:0:4:undefined:0"));
        assert_eq!(inner.seq, Some(300.0));
    }
}

// The bytes are what v8.serialize() of Node 20 gives for the same object.
#[test]
fn advanced_is_what_v8_writes() {
    let ours = written(Mode::Advanced, |m| {
        m.text("cmd", "NODE_CLUSTER")
            .number("seq", 21)
            .number("i", 1 << 33)
            .bool("a", true)
            .bool("b", false)
            .text("c", "\u{f512}\u{65e5}")
    });
    assert_eq!(
        ours,
        unhex(
            "ff0f6f2203636d64220c4e4f44455f434c55535445522203736571492a2201694e00000000000000422201615422016246220163630412f5e5657b06"
        )
    );
    let read = Head::read(Mode::Advanced, &ours).unwrap();
    assert_eq!(read.seq, Some(21.0));
}

#[test]
fn users_messages_are_left_alone() {
    for text in [
        &br#"{"cmd":"NODE_"}"#[..],
        br#"{"cmd":"node_x"}"#,
        br#"{"a":1,"cmd":"NODE_CLUSTER"}"#,
        br#"["cmd","NODE_CLUSTER"]"#,
        br#"{"cmd":"NODE_CLUSTER""#,
        br#""#,
    ] {
        assert_eq!(Head::read(Mode::Json, text), None);
    }
    for hex in [
        "ff0f6f2201615c0001030102037b01",
        "ff0f",
        "ff",
        "",
        "ff0f6f2203636d64",
        "ff0f2203737472",
    ] {
        assert_eq!(Head::read(Mode::Advanced, &unhex(hex)), None);
    }
}

#[test]
fn fields_of_another_type_count_as_absent() {
    let head = Head::read(
        Mode::Json,
        br#"{"cmd":"NODE_HANDLE","type":7,"msg":"text","seq":"x","accepted":1}"#,
    )
    .unwrap();
    assert_eq!(
        head,
        Head {
            cmd: Some("NODE_HANDLE".into()),
            ..Default::default()
        }
    );
}

#[test]
fn text_outside_ascii_survives() {
    for mode in [Mode::Json, Mode::Advanced] {
        let key = "caf\u{e9}\u{65e5}\u{1f600}\"\\\n";
        let bytes = written(mode, |m| {
            m.text("cmd", "NODE_CLUSTER").text("key", key).text("act", "x")
        });
        let head = Head::read(mode, &bytes).unwrap();
        assert_eq!(head.key.as_deref(), Some(key));
        assert_eq!(head.act.as_deref(), Some("x"));
    }
}

#[test]
fn truncated_and_altered_messages_do_not_panic() {
    for mode in [Mode::Json, Mode::Advanced] {
        let bytes = written(mode, newconn);
        for end in 0..bytes.len() {
            assert_eq!(Head::read(mode, &bytes[..end]), None);
        }
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff, b'o', b'"', b'{'] {
                let mut altered = bytes.clone();
                altered[at] = value;
                let _ = Head::read(mode, &altered);
            }
        }
    }
}

#[test]
fn nesting_is_bounded() {
    let mut bytes = unhex("ff0f6f2203636d64220c4e4f44455f434c5553544552");
    for _ in 0..100_000 {
        bytes.extend_from_slice(b"\"\x01ao");
    }
    assert_eq!(Head::read(Mode::Advanced, &bytes), None);
}

#[test]
fn views_are_written_and_read_as_v8_has_them() {
    let mut out = Vec::new();
    internal_v8::write_version(&mut out);
    internal_v8::write_view_start(&mut out, 0, 10, 200);
    assert_eq!(out, unhex("ff0f5c000ac801"));
    assert_eq!(internal_v8::read_view(&out), None);
    out.extend_from_slice(&[1; 200]);
    assert_eq!(internal_v8::read_view(&out), Some((10, &[1; 200][..])));
    // Something follows; another version; another tag; no view.
    for other in [
        "ff0f5c000a0101ff",
        "ff0e5c000a0101",
        "ff0f5c010a0101",
        "ff0f5c000a",
        "ff0f49",
    ] {
        assert_eq!(internal_v8::read_view(&unhex(other)), None, "{other}");
    }
}
