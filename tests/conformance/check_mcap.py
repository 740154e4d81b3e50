"""Opens the MCAP files and the Croissant file of a release with the real readers and compares them with what went in.

Usage: check_mcap.py RELEASE REFERENCE
REFERENCE is a folder with mcap.json and small reference pictures, written by run.ts.
Prints one line a check; the last line is "N passed, N failed".
"""

import base64
import json
import logging
import sys
from pathlib import Path

import av
import mlcroissant
import numpy as np
from mcap.reader import make_reader

MEAN_LEVEL_TOLERANCE = 8.0  # of 255, per frame: another decoder, another scaler

passed = failed = 0


def check(name, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print(("ok    " if holds else "FAIL  ") + name + (f"  ({found})" if found != "" else ""), flush=True)


def fits(value, schema):
    """Whether a value has the JSON Schema's type, and so have its members. Enough for flat messages."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    kind = kinds.get(schema.get("type"))
    if kind is not None and not isinstance(value, kind):
        return False
    if isinstance(value, dict):
        named = schema.get("properties", {})
        return all(fits(part, named[name]) for name, part in value.items() if name in named)
    if isinstance(value, list):
        return all(fits(part, schema.get("items", {})) for part in value)
    return True


def check_recording(release, folder, episode):
    path = episode["path"]
    with open(release / path, "rb") as file:
        reader = make_reader(file, validate_crcs=True)
        summary = reader.get_summary()
        topics = {
            channel.topic: [
                summary.schemas[channel.schema_id].name,
                summary.statistics.channel_message_counts.get(channel.id, 0),
            ]
            for channel in summary.channels.values()
        }
        check(f"{path}: topics, schemas and counts", topics == episode["topics"], topics)
        times, pictures, cameras, looks, covers, drawn, metric, moved, held, put, wrong, late = [], [], [], [], [], [], [], [], [], [], 0, 0
        bodies, skeletons = [], []
        last = -1
        for schema, channel, message in reader.iter_messages():
            body = json.loads(message.data)
            wrong += not fits(body, json.loads(schema.data)) or schema.encoding != "jsonschema"
            late += message.log_time < last
            last = message.log_time
            if channel.topic == "/phone/calibration":
                cameras.append(body)
            if channel.topic == "/phone/hands":
                looks.append((message.log_time, body))
            if channel.topic == "/phone/hands/annotations":
                drawn.append((message.log_time, body))
            if channel.topic == "/phone/hands/metres":
                metric.append((message.log_time, body))
            if channel.topic == "/phone/body":
                bodies.append((message.log_time, body))
            if channel.topic == "/phone/body/annotations":
                skeletons.append((message.log_time, body))
            if channel.topic.startswith("/people/hands"):
                put.append((channel.topic, message.log_time, body))
            if channel.topic == "/phone/motion":
                moved.append((message.log_time, body))
            if channel.topic == "/phone/orientation":
                held.append((message.log_time, body))
            if channel.topic == "/phone/covers":
                covers.append((message.log_time, body))
            if channel.topic == "/phone/video":
                stamp = body["timestamp"]["sec"] * 10**9 + body["timestamp"]["nsec"]
                wrong += stamp != message.log_time or body["format"] != "h264"
                times.append(message.log_time)
                pictures.append(base64.b64decode(body["data"]))
        check(f"{path}: every message fits its schema", wrong == 0, wrong)
        check(f"{path}: messages stand in the order of their time", late == 0, late)
        apart = [abs(a - b) for a, b in zip(times, episode["timesNs"])]
        same = len(times) == len(episode["timesNs"]) and max(apart) <= 1000
        check(f"{path}: {len(times)} native times", same, f"at most {max(apart) if apart else 0} ns apart")
        check_pictures(path, folder, pictures, episode.get("pictures"))
        names = sorted(each.name for each in reader.iter_attachments())
        check(f"{path}: attachments", names == ["log.tlog-proof", "provenance.json"], names)
        metadata = {each.name: each.metadata for each in reader.iter_metadata()}
        facts = metadata["chiron.episode"]
        if "sight" in episode:
            check_hands(path, metadata, looks, drawn, facts, episode["sight"]["hands"])
            check_body(path, metadata, bodies, skeletons, episode["sight"]["body"])
            check_corrected(path, put, facts, episode["sight"]["corrected"])
            check_motion(path, metadata, moved, held, episode["sight"]["motion"])
            check_metres(path, metric, looks, cameras, facts)
            check_covers(path, metadata, covers, episode["sight"]["redaction"])
        check_camera(path, facts, cameras)
        check(f"{path}: it says which episode it is", facts["episode_id"] == episode["episodeId"])


def check_hands(path, metadata, looks, drawn, facts, stored):
    """Every look as it was kept, at its time on the film's clock, and drawn at the same places in pixels."""
    if stored is None:
        check(f"{path}: no hands were kept, none are told", looks == drawn == [] and "chiron.hands" not in metadata)
        return
    start = stored["filmStartMs"]
    places = lambda hand: [[point["x"], point["y"], point["z"]] for point in hand["points"]]
    found = [
        {
            "timeMs": body["native_ms"],
            "hands": [{"side": h["side"], "confidence": h["confidence"], "points": places(h)} for h in body["hands"]],
        }
        for _, body in looks
    ]
    kept = lambda look: [{name: hand[name] for name in ("side", "confidence", "points")} for hand in look["hands"]]
    frames = [{"timeMs": look["timeMs"], "hands": kept(look)} for look in stored["frames"]]
    check(f"{path}: {len(found)} looks at the hands are those kept", found == frames)
    apart = [abs(time - (look["timeMs"] - start) * 1e6) for (time, _), look in zip(looks, stored["frames"])]
    clock = json.loads(metadata["chiron.clocks"]["/phone/hands"])
    mapped = [abs(time - (body["native_ms"] + clock["offsetMs"]) * 1e6) for time, body in looks]
    check(f"{path}: their times, by the detector's clock and its alignment", max(apart + mapped) <= 1000, f"at most {max(apart + mapped):.0f} ns apart")
    told = {name: metadata["chiron.hands"][name] for name in ("tool", "version", "model")}
    tool = stored["tool"]
    check(f"{path}: what saw them", told == {"tool": tool["name"], "version": tool["version"], "model": tool["model"]})
    size = np.array([float(facts["width"]), float(facts["height"])])
    far = 0.0
    for (_, body), look in zip(drawn, stored["frames"]):
        for bones, hand in zip(body["points"], look["hands"], strict=True):
            ends = np.array([[point["x"], point["y"]] for point in bones["points"]])
            joints = np.array(hand["points"])[:, :2] * size
            far = max(far, np.abs(ends[:, None] - joints[None]).sum(2).min(1).max())
    check(f"{path}: drawn where they were seen", len(drawn) == len(looks) and far < 1e-6, f"at most {far:.1e} pixels off")


def check_corrected(path, put, facts, stored):
    """What people put right, at its moments, each joint as it was agreed on, and drawn at the same places in pixels."""
    told = [(time, body) for topic, time, body in put if topic == "/people/hands"]
    drawn = [body for topic, _, body in put if topic == "/people/hands/annotations"]
    times = [round(moment["timeMs"] * 1e6) for moment in stored]
    check(f"{path}: {len(told)} corrected moments at their times", [time for time, _ in told] == times)
    size = np.array([float(facts["width"]), float(facts["height"])])
    same, far = len(drawn) == len(told), 0.0
    for (_, body), lines, moment in zip(told, drawn, stored):
        same = same and (body["answer_count"], body["by"]) == (moment["answerCount"], moment["by"])
        for hand, bones, kept in zip(body["hands"], lines["points"], moment["hands"], strict=True):
            points = kept["points"] or []
            same = same and (hand["side"], hand["is_in_picture"]) == (kept["side"], kept["points"] is not None)
            found = [[p["state"], p.get("x"), p.get("y"), p.get("error_px"), p["agreement"], p["state_share"]] for p in hand["points"]]
            same = same and found == [[p[n] for n in ("state", "x", "y", "errorPx", "agreement", "stateShare")] for p in points]
            joints = np.array([[p["x"], p["y"]] for p in points if p["x"] is not None]).reshape(-1, 2) * size
            ends = np.array([[point["x"], point["y"]] for point in bones["points"]]).reshape(-1, 2)
            if len(ends):
                far = max(far, np.abs(ends[:, None] - joints[None]).sum(2).min(1).max())
    check(f"{path}: what people put right is what they agreed on, drawn where it is", same and far < 1e-6, f"at most {far:.1e} pixels off")


def check_motion(path, metadata, moved, held, stored):
    """Every sample the phone felt, at its time on the film's clock, which follows from the sensor's and its alignment."""
    if stored is None:
        check(f"{path}: nothing was felt, nothing is told", moved == held == [])
        return
    clock = json.loads(metadata["chiron.clocks"]["/phone/motion"])
    check(f"{path}: the alignment of the sensor's clock", clock == stored["alignment"])
    on_film = lambda ms: ms + clock["offsetMs"] + (ms - clock["atMs"]) * clock["driftPpm"] / 1e6
    apart = [abs(time - on_film(body["sensor_ms"]) * 1e6) for time, body in moved + held]
    check(f"{path}: {len(moved)} samples at their native times", max(apart) <= 1000, f"at most {max(apart):.0f} ns apart")
    of = lambda body, name, axes="xyz": [body[name][axis] for axis in axes]
    felt = [of(body, "acceleration") for _, body in moved] == stored["motion"]["acceleration"]
    felt = felt and [of(body, "rotation_rate") for _, body in moved] == stored["motion"]["rotationRate"]
    turned = [of(body, "orientation", "xyzw") for _, body in held] == stored["orientation"]["quaternion"]
    check(f"{path}: acceleration, turning and orientation are those felt", felt and turned)


def check_metres(path, metric, looks, cameras, facts):
    """Hands in metres, seen through the camera as the file tells it, come to lie on the joints of their look."""
    if cameras == []:
        check(f"{path}: no camera is known, no hand is in metres", metric == [], len(metric))
        return
    k1, k2, p1, p2, k3 = cameras[0]["D"]
    fx, _, cx, _, fy, cy, *_ = cameras[0]["K"]
    size = np.array([float(facts["width"]), float(facts["height"])])
    hands_at = {time: body["hands"] for time, body in looks}
    off, told, far = 0.0, 0.0, []
    for time, body in metric:
        for placed in body["hands"]:
            x, y, z = np.array([[p["x"], p["y"], p["z"]] for p in placed["points"]]).T
            a, b = x / z, y / z
            r2 = a * a + b * b
            radial = 1 + k1 * r2 + k2 * r2**2 + k3 * r2**3
            u = fx * (a * radial + 2 * p1 * a * b + p2 * (r2 + 2 * a * a)) + cx
            v = fy * (b * radial + p1 * (r2 + 2 * b * b) + 2 * p2 * a * b) + cy
            seen = next(hand for hand in hands_at[time] if hand["side"] == placed["side"])
            joints = np.array([[p["x"], p["y"]] for p in seen["points"]]) * size - 0.5
            miss = np.linalg.norm(np.array([u, v]).T - joints, axis=1)
            off, told = max(off, float(np.sqrt((miss**2).mean()))), max(told, placed["miss_px"])
            far.append((float(z.mean()), placed["error_m"]))
    same = len(metric) == len(looks) and off < 2 * told + 1
    check(f"{path}: {len(metric)} hands in metres lie on their joints", same, f"at most {off:.2f} pixels off, {told:.2f} told")
    sane = all(0.3 < z < 0.8 and 0.01 < error / z < 0.2 for z, error in far)
    check(f"{path}: as far away as they were, with an error", sane, f"{min(far)[0]:.2f} to {max(far)[0]:.2f} m")


def check_covers(path, metadata, covers, stored):
    """Every stretch that was covered, at its beginning, and by what."""
    if stored is None:
        check(f"{path}: nothing redacted it, nothing is told", covers == [] and "chiron.redaction" not in metadata)
        return
    for of, made in (("face", stored["covers"]), ("sheet", stored.get("sheets", {}).get("covers", []))):
        found = [
            {"fromMs": body["from_ms"], "toMs": body["to_ms"], "boxes": body["boxes"]}
            for _, body in covers
            if body["of"] == of
        ]
        check(f"{path}: {len(found)} covers of a {of} are those made", found == made)
    check(f"{path}: at their beginnings", all(abs(time - body["from_ms"] * 1e6) <= 1000 for time, body in covers))
    told = metadata["chiron.redaction"]
    tool = stored["tool"]
    same = (told["tool"], told["version"]) == (tool["name"], tool["version"])
    same = same and told["models"] == ", ".join(stored["models"]) and told["background"] == stored["background"]
    check(f"{path}: what covered, and what else was taken out", same and told["sound"] == "dropped")
    chosen = [(one["kind"], one["choice"]) for one in json.loads(told.get("sheets_found", "[]"))]
    made = [(one["kind"], one["choice"]) for one in stored.get("sheets", {}).get("found", [])]
    check(f"{path}: what was chosen for screens and papers", chosen == made)


def check_body(path, metadata, looks, drawn, stored):
    """Every look for the body as it was kept, at its time on the film's clock, drawn without its face; or why there is none."""
    if stored is None or "absent" in stored:
        told = metadata.get("chiron.body")
        check(f"{path}: no body was kept, none is told but why", looks == drawn == [] and told == stored, told)
        return
    found = [
        {
            "timeMs": body["native_ms"],
            "count": body["count"],
            "body": [[mark[name] for name in ("x", "y", "z", "visibility")] for mark in body["landmarks"]] or None,
        }
        for _, body in looks
    ]
    check(f"{path}: {len(found)} looks for the body are those kept", found == stored["frames"])
    names = [[mark["name"] for mark in body["landmarks"]] for _, body in looks if body["landmarks"]]
    same = all(each == names[0] for each in names) and len(set(names[0])) == 33
    check(f"{path}: 33 landmarks with names", same and names[0][0] == "nose" and names[0][15] == "left_wrist", names[0][:3])
    offset = json.loads(metadata["chiron.clocks"]["/phone/body"])["offsetMs"]
    apart = max(abs(time - (body["native_ms"] + offset) * 1e6) for time, body in looks)
    check(f"{path}: their times, by the take's clock and its alignment", apart <= 1000, f"at most {apart:.0f} ns apart")
    tool = stored["tool"]
    told = {**tool, "tool": tool["name"], "model_sha256": tool["sha256"], "clock": "film"}
    del told["name"], told["sha256"]
    check(f"{path}: what saw it, with the model's digest", metadata["chiron.body"] == told)
    shown = [len(body["points"]) for _, body in drawn]
    check(f"{path}: a skeleton where a body was seen", shown == [0 if look["body"] is None else 1 for look in stored["frames"]], shown)


def check_camera(path, facts, cameras):
    """The calibration is there once where the facts know the camera, says the same, and is nowhere else."""
    if "camera.fx" not in facts:
        check(f"{path}: no camera is known, none is told", cameras == [], len(cameras))
        return
    known = {name: float(facts[f"camera.{name}"]) for name in ("width", "height", "fx", "fy", "cx", "cy")}
    # The picture may be of another size than the camera was measured at.
    x, y = (cameras[0][side] / known[side] if cameras else 0 for side in ("width", "height"))
    wanted = [known["fx"] * x, 0, (known["cx"] + 0.5) * x - 0.5, 0, known["fy"] * y, (known["cy"] + 0.5) * y - 0.5, 0, 0, 1]
    lens = [float(facts[f"camera.{name}"]) for name in ("k1", "k2", "p1", "p2", "k3")]
    same = len(cameras) == 1 and np.allclose(cameras[0]["K"], wanted) and cameras[0]["D"] == lens
    check(f"{path}: the camera's intrinsics", same, cameras[0]["K"] if cameras else "none")


def check_pictures(path, folder, pictures, reference):
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for bytes in pictures for frame in decoder.decode(av.Packet(bytes))]
    frames += decoder.decode(None)
    check(f"{path}: one picture a message", len(frames) == len(pictures), f"{len(frames)} of {len(pictures)}")
    if reference is None:
        return
    width, height = reference["width"], reference["height"]
    wanted = np.fromfile(folder / reference["path"], np.uint8).reshape(-1, height, width, 3)
    found = [frame.reformat(width, height, "rgb24", interpolation="AREA").to_ndarray() for frame in frames]
    apart = [abs(a.astype(float) - b).mean() for a, b in zip(found, wanted)]
    same = len(found) == len(wanted) and max(apart) < MEAN_LEVEL_TOLERANCE
    check(f"{path}: the pictures are those filmed", same, f"at most {max(apart):.2f} of 255 apart")


def check_croissant(release):
    # The library also wants a few words of Google's dataset search; only faults count here.
    try:
        dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
        faults = list(dataset.metadata.ctx.issues.errors)
        check("croissant.json is valid Croissant", faults == [], "; ".join(faults))
    except mlcroissant.ValidationError as error:
        check("croissant.json is valid Croissant", False, str(error))


def main():
    logging.disable(logging.WARNING)
    release, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for episode in json.loads((folder / "mcap.json").read_text()):
        check_recording(release, folder, episode)
    if (release / "croissant.json").exists():
        check_croissant(release)
    print(f"{passed} passed, {failed} failed")


main()
