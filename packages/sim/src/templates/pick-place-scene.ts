/** Where the object should end up: the middle of the green pad, in metres on the table. */
export const PAD = { x: 0.14, y: 0.03, halfSide: 0.06 } as const
export const TABLE = { halfX: 0.36, halfY: 0.26 } as const

/**
 * A two-finger gripper on a gantry over a table with an object and a pad, in MuJoCo's XML. Five position actuators: x, y, z
 * of the hand and the way of each finger inwards, in metres.
 */
export const PICK_PLACE_SCENE = `<mujoco model="two-finger gripper over a table">
  <option timestep="0.002" cone="elliptic" impratio="10"/>
  <default>
    <geom friction="{{friction}} 0.02 0.001" condim="4"/>
    <joint damping="12"/>
    <position kp="900" dampratio="1"/>
  </default>
  <worldbody>
    <geom name="table" type="box" pos="0 0 -0.02" size="${TABLE.halfX} ${TABLE.halfY} 0.02"/>
    {{clutter}}
    <body name="object" pos="{{x}} {{y}} {{half-height}}" euler="0 0 {{turn}}">
      <freejoint name="object"/>
      <geom name="object" type="{{shape}}" size="{{size}}" mass="{{mass}}" rgba="{{colour}} 1"/>
    </body>
    {{distractor}}
    <body name="hand" pos="0 0 0.26" gravcomp="1">
      <joint name="x" type="slide" axis="1 0 0"/>
      <joint name="y" type="slide" axis="0 1 0"/>
      <joint name="z" type="slide" axis="0 0 1"/>
      <geom name="palm" type="box" size="0.07 0.022 0.014" mass="0.3" rgba="0.36 0.38 0.42 1"/>
      <geom name="wrist" type="box" pos="0 0 0.09" size="0.02 0.02 0.08" mass="0.1" rgba="0.47 0.49 0.53 1"/>
      <body name="left" pos="-0.06 0 -0.052" gravcomp="1">
        <joint name="left" type="slide" axis="1 0 0" range="0 0.05" limited="true"/>
        <geom name="left" type="box" size="0.008 0.018 0.038" mass="0.04" rgba="0.23 0.24 0.27 1"/>
      </body>
      <body name="right" pos="0.06 0 -0.052" gravcomp="1">
        <joint name="right" type="slide" axis="-1 0 0" range="0 0.05" limited="true"/>
        <geom name="right" type="box" size="0.008 0.018 0.038" mass="0.04" rgba="0.23 0.24 0.27 1"/>
      </body>
    </body>
  </worldbody>
  <actuator>
    <position joint="x"/><position joint="y"/><position joint="z"/>
    <position joint="left" kp="300" forcerange="-12 12"/><position joint="right" kp="300" forcerange="-12 12"/>
  </actuator>
</mujoco>`
