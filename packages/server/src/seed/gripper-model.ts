/** Where the block should end up: the middle of the green pad, in metres on the table. */
export const PAD = { x: 0.14, y: 0.03, halfSide: 0.06 } as const
export const BLOCK_HALF_SIDE = 0.025

/**
 * A two-finger gripper on a gantry over a table with a block and a pad, in MuJoCo's XML. Five position actuators:
 * x, y, z of the hand and the way of each finger inwards, in metres.
 */
export function gripperModel(block: { x: number; y: number; turnDeg: number }): string {
  const half = (block.turnDeg * Math.PI) / 360
  const side = BLOCK_HALF_SIDE
  return `<mujoco model="two-finger gripper over a table">
  <option timestep="0.002" cone="elliptic" impratio="10"/>
  <default>
    <geom friction="1.2 0.02 0.001" condim="4"/>
    <joint damping="12"/>
    <position kp="900" dampratio="1"/>
  </default>
  <worldbody>
    <geom name="table" type="box" pos="0 0 -0.02" size="0.36 0.26 0.02"/>
    <geom name="pad" type="box" pos="${PAD.x} ${PAD.y} 0.001" size="${PAD.halfSide} ${PAD.halfSide} 0.001"
      contype="0" conaffinity="0"/>
    <body name="block" pos="${block.x} ${block.y} ${side}" quat="${Math.cos(half)} 0 0 ${Math.sin(half)}">
      <freejoint/>
      <geom name="block" type="box" size="${side} ${side} ${side}" mass="0.06"/>
    </body>
    <body name="hand" pos="0 0 0.26" gravcomp="1">
      <joint name="x" type="slide" axis="1 0 0"/>
      <joint name="y" type="slide" axis="0 1 0"/>
      <joint name="z" type="slide" axis="0 0 1"/>
      <geom name="palm" type="box" size="0.07 0.022 0.014" mass="0.3"/>
      <geom name="wrist" type="box" pos="0 0 0.09" size="0.02 0.02 0.08" mass="0.1"/>
      <body name="left" pos="-0.06 0 -0.052" gravcomp="1">
        <joint name="left" type="slide" axis="1 0 0" range="0 0.05" limited="true"/>
        <geom name="left" type="box" size="0.008 0.018 0.038" mass="0.04"/>
      </body>
      <body name="right" pos="0.06 0 -0.052" gravcomp="1">
        <joint name="right" type="slide" axis="-1 0 0" range="0 0.05" limited="true"/>
        <geom name="right" type="box" size="0.008 0.018 0.038" mass="0.04"/>
      </body>
    </body>
  </worldbody>
  <actuator>
    <position joint="x"/><position joint="y"/><position joint="z"/>
    <position joint="left" kp="300" forcerange="-12 12"/><position joint="right" kp="300" forcerange="-12 12"/>
  </actuator>
</mujoco>`
}
