// 1,000 avatars of the client in front of one camera: `draw(count)` tells what a frame of them takes.
import { Color, DirectionalLight, PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { Shading } from "../../../client/src/scene/shading";
import { Crowd } from "../../../client/src/world/avatar/crowd";
import { loadAvatars } from "../../../client/src/world/avatar/file";
import { drawnLook } from "../../../client/src/world/avatar/looks";

const FRAMES = 10;
const WALK = 1;
const BACK = 0x00ff00;

globalThis.draw = async (count) => {
  const renderer = new WebGLRenderer({ preserveDrawingBuffer: true });
  renderer.setSize(960, 600);
  renderer.shadowMap.enabled = true;
  renderer.info.autoReset = false; // the pass of shadows counts as well
  document.body.append(renderer.domElement);
  const scene = new Scene();
  scene.background = new Color(BACK);
  const sun = new DirectionalLight(0xffffff, 3);
  sun.position.set(20, 40, 10);
  sun.castShadow = true;
  scene.add(sun);
  const camera = new PerspectiveCamera(60, 1.6, 0.1, 1000);
  camera.position.set(0, 12, 30);
  camera.lookAt(0, 0, -40);
  camera.updateMatrixWorld();
  const model = await loadAvatars("crowd.bin");
  const shading = new Shading(false);
  shading.uniforms.uSunLight.value.set(1.6, 1.5, 1.4);
  shading.uniforms.uZenith.value.set(0x6f9bd1);
  shading.uniforms.uHorizon.value.set(0xcfdbe6);
  shading.uniforms.uSunWay.value.copy(sun.position).normalize();
  const crowd = new Crowd({ model, shading, camera, capacity: count });
  scene.add(crowd.group);
  const columns = Math.ceil(Math.sqrt(count));
  for (let index = 0; index < count; index += 1) {
    crowd.dress(index, drawnLook(index + 1));
    crowd.act(index, WALK, 0);
    crowd.place(index, ((index % columns) - columns / 2) * 1.5, 0, -Math.floor(index / columns) * 1.8, index % 360, 1.2);
  }
  let script = 0;
  for (let frame = 0; frame < FRAMES; frame += 1) {
    renderer.info.reset();
    const start = performance.now();
    crowd.update(1 / 30);
    script += performance.now() - start;
    renderer.render(scene, camera);
  }
  const { calls, triangles } = renderer.info.render;
  return { there: crowd.count, calls, triangles, script: script / FRAMES, covered: covered(renderer) };
};

/** The share of the picture in which somebody is. */
function covered(renderer) {
  const gl = renderer.getContext();
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
  const pixels = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at] > 0 || pixels[at + 1] < 255) count += 1;
  return count / (width * height);
}
